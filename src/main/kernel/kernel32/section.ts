import type { Access } from '../../../shared/access.ts';
import { ERROR, type Lease, type Section } from '../kernel.ts';
import { MappedSection } from '../mapped-section.ts';
import { createOrOpen, openWithRights, SECTION } from './access.ts';
import {
  CloseHandle,
  CreateFileMappingW,
  copyIn,
  copyOut,
  FILE_MAP_READ,
  FILE_MAP_WRITE,
  GetLastError,
  INVALID_HANDLE_VALUE,
  MapViewOfFile,
  memset,
  PAGE_READWRITE,
  regionAt,
  store32,
  UnmapViewOfFile,
} from './bindings.ts';
import { checkName, lastError, windowsError } from './errors.ts';
import { extentOf } from './extent.ts';
import { withSecurity } from './security.ts';

const memory = { copyOut, copyIn, memset, store32 };
/** Windows keeps a section's pages as long as anyone holds it. */
const NEVER = { checkAccess: () => {}, check: () => {} };

export function createSection(name: string, size: number, access?: Access): { section: Section; existed: boolean } {
  const call = 'CreateFileMappingW';
  checkName(call, name);
  if (!(Number.isSafeInteger(size) && size > 0)) throw windowsError(call, ERROR.INVALID_PARAMETER, name);
  const [high, low] = [Math.floor(size / 2 ** 32), size % 2 ** 32];
  const { handle, error } = withSecurity(access, name, (security) => ({
    handle: CreateFileMappingW(INVALID_HANDLE_VALUE, security, PAGE_READWRITE, high, low, name),
    error: GetLastError(),
  }));
  if (handle !== 0) return { section: map(name, handle), existed: error === ERROR.ALREADY_EXISTS };
  return { section: map(name, createOrOpen(SECTION, name, windowsError(call, error, name))), existed: true };
}

export function openSection(name: string): Section {
  checkName(SECTION.call, name);
  return map(name, openWithRights(SECTION, name));
}

/** The view of all of the section. Takes the handle over, also when it throws. */
function map(name: string, handle: number): Section {
  const address = MapViewOfFile(handle, FILE_MAP_READ | FILE_MAP_WRITE, 0, 0, 0);
  if (address === 0) return failed(lastError('MapViewOfFile', name), handle);
  const extent = extentOf(address, regionAt);
  if (extent === null) return failed(lastError('VirtualQuery', name), handle, address);
  const { usable, rest } = extent;
  if (usable === 0) return failed(windowsError('VirtualQuery', ERROR.NOACCESS, name), handle, address);
  const view = { address, extent: usable, uncommitted: rest, handle };
  return new MappedSection(name, view, memory, NEVER, () => release(handle, address));
}

/** Of an event, which has no address, too. */
export const reclaim = ({ handle, address }: Lease): void => release(handle, address);

function failed(error: Error, handle: number, address = 0): never {
  release(handle, address);
  throw error;
}

function release(handle: number, address: number): void {
  if (address !== 0) UnmapViewOfFile(address);
  CloseHandle(handle);
}
