import type { Access } from '../../../shared/access.ts';
import { ERROR, type Lease, type Section, type SectionFor, type SectionUse, type View } from '../kernel.ts';
import { attachedView, mappedSection } from '../mapped-section.ts';
import { createOrOpen, openWithRights, SECTION, SECTION_TO_READ } from './access.ts';
import {
  CloseHandle,
  CreateFileMappingW,
  copy,
  copyIn,
  copyOut,
  FILE_MAP_READ,
  FILE_MAP_WRITE,
  GetLastError,
  INVALID_HANDLE_VALUE,
  MapViewOfFile,
  memcmp,
  memset,
  PAGE_READWRITE,
  regionAt,
  store32,
  UnmapViewOfFile,
} from './bindings.ts';
import { checkName, lastError, windowsError } from './errors.ts';
import { extentOf } from './extent.ts';
import { grantedAccess } from './object-information.ts';
import { hasPeers, openMarker } from './onlookers.ts';
import { withSecurity } from './security.ts';

const memory = { copy, copyOut, copyIn, memset, memcmp, store32 };
/** Windows keeps a section's pages as long as anyone holds it. */
const NEVER_LOST = { checkAccess: () => {}, check: () => {} };

export function createSection(name: string, size: number, access?: Access): { section: Section; existed: boolean } {
  const call = 'CreateFileMappingW';
  checkName(call, name);
  if (!(Number.isSafeInteger(size) && size > 0)) throw windowsError(call, ERROR.INVALID_PARAMETER, name);
  const [high, low] = [Math.floor(size / 2 ** 32), size % 2 ** 32];
  const { handle, error } = withSecurity(access, name, (security) => ({
    handle: CreateFileMappingW(INVALID_HANDLE_VALUE, security, PAGE_READWRITE, high, low, name),
    error: GetLastError(),
  }));
  if (handle !== 0) return { section: map(name, handle, 'write'), existed: error === ERROR.ALREADY_EXISTS };
  return { section: map(name, createOrOpen(SECTION, name, windowsError(call, error, name)), 'write'), existed: true };
}

const OPENING = { read: SECTION_TO_READ, write: SECTION } as const;
const VIEW_ACCESS = { read: FILE_MAP_READ, write: FILE_MAP_READ | FILE_MAP_WRITE } as const;

export function openSection<U extends SectionUse>(name: string, use: U): SectionFor[U] {
  checkName(SECTION.call, name);
  return map(name, openWithRights(OPENING[use], name), use);
}

export const attachView = (view: Lease): View => attachedView(view, memory);

/** Maps all of the section. Takes ownership of the handle, even if it throws. */
function map<U extends SectionUse>(name: string, handle: number, use: U): SectionFor[U] {
  const address = MapViewOfFile(handle, VIEW_ACCESS[use], 0, 0, 0);
  if (address === 0) return failed(lastError('MapViewOfFile', name), handle);
  const extent = extentOf(address, regionAt, use);
  if (extent === null) return failed(lastError('VirtualQuery', name), handle, address);
  const { usable, rest } = extent;
  if (usable === 0) return failed(windowsError('VirtualQuery', ERROR.NOACCESS, name), handle, address);
  // Opened after the section and closed before it: there are never more taps than handles of theirs.
  const marker = use === 'read' ? openMarker(name) : 0;
  const view = { address, extent: usable, uncommitted: rest, handle, marker };
  const backing = {
    ...NEVER_LOST,
    rights: () => grantedAccess(handle),
    isHeldByOthers: () => hasPeers(handle, marker),
  };
  return mappedSection(use, name, view, memory, backing, () => release(handle, address, marker));
}

/** For an event too, which has no address. */
export const reclaim = ({ handle, address, marker }: Lease): void => release(handle, address, marker);

function failed(error: Error, handle: number, address = 0): never {
  release(handle, address);
  throw error;
}

function release(handle: number, address: number, marker = 0): void {
  if (marker !== 0) CloseHandle(marker);
  if (address !== 0) UnmapViewOfFile(address);
  CloseHandle(handle);
}
