import type { NamedObject, SectionLook } from '../directory.ts';
import {
  CloseHandle,
  copyOut,
  EVENT_QUERY_STATE,
  FILE_MAP_READ,
  GetLastError,
  MapViewOfFile,
  regionAt,
  UnmapViewOfFile,
} from './bindings.ts';
import { windowsError } from './errors.ts';
import { queryEvent } from './event.ts';
import { extentOf } from './extent.ts';
import {
  codeOf,
  isMissing,
  isViewOfFile,
  openEventObject,
  openSectionObject,
  SECTION_QUERY,
  STATUS,
  sectionFacts,
} from './objects.ts';

const PAGE = 4096;

export function look(section: NamedObject, sample: Uint8Array): SectionLook {
  const asked = openSectionObject(section.path, FILE_MAP_READ | SECTION_QUERY);
  const isDenied = 'status' in asked && asked.status === STATUS.ACCESS_DENIED;
  const opened = isDenied ? openSectionObject(section.path, FILE_MAP_READ) : asked;
  if ('status' in opened) return notOpened(section.name, opened.status);
  try {
    return lookInto(opened.handle, section.name, sample);
  } finally {
    CloseHandle(opened.handle);
  }
}

function notOpened(name: string, status: number): SectionLook {
  if (isMissing(status)) return { outcome: 'gone' };
  const { code, systemMessage } = windowsError('', codeOf(status), null);
  const cure =
    'The program that made it must grant you FILE_MAP_READ in its access list, or run Shmscope as the user that it runs as; as an administrator if it does.';
  const unseen = { what: `The section "${name}"`, reason: `${systemMessage} (${code}).`, cure };
  return { outcome: 'unseen', unseen };
}

/** Reading a file's pages can fail in a way that ends the process, so they are left alone. */
function lookInto(handle: number, name: string, sample: Uint8Array): SectionLook {
  const facts = sectionFacts(handle);
  const extent = Math.ceil((facts?.size ?? 0) / PAGE) * PAGE;
  if (facts?.isFile) return { outcome: 'file', extent };
  const length = facts === null ? 0 : Math.min(facts.size, sample.byteLength);
  const address = MapViewOfFile(handle, FILE_MAP_READ, 0, 0, length);
  if (address === 0) {
    const { code, systemMessage } = windowsError('MapViewOfFile', GetLastError(), name);
    const cure = 'Refresh: its program may have ended since.';
    return {
      outcome: 'unseen',
      unseen: { what: `The section "${name}"`, reason: `${systemMessage} (${code}).`, cure },
    };
  }
  try {
    if (facts === null && isViewOfFile(address)) return { outcome: 'file', extent };
    const view = extentOf(address, regionAt, 'read') ?? { usable: 0, rest: 0 };
    const whole = facts === null ? view.usable + view.rest : extent;
    const bytes = Math.min(view.usable, sample.byteLength);
    if (bytes === 0) return { outcome: 'uncommitted', extent: whole };
    copyOut(sample, address, bytes);
    return { outcome: 'seen', extent: whole, bytes };
  } finally {
    UnmapViewOfFile(address);
  }
}

export function isSet(event: NamedObject): boolean | null {
  const opened = openEventObject(event.path, EVENT_QUERY_STATE);
  if ('status' in opened) return null;
  const state = queryEvent(opened.handle);
  CloseHandle(opened.handle);
  return state?.signalled ?? null;
}
