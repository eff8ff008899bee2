import { ERROR, KernelError, type Right } from '../kernel.ts';
import {
  CloseHandle,
  EVENT_MODIFY_STATE,
  EVENT_QUERY_STATE,
  FILE_MAP_READ,
  FILE_MAP_WRITE,
  GetLastError,
  OpenEventW,
  OpenFileMappingW,
  SYNCHRONIZE,
} from './bindings.ts';
import { windowsError } from './errors.ts';

/** A function that opens an object by name, and the bit of the access mask for each right in use. */
interface Opening {
  readonly call: string;
  readonly open: (access: number, inherit: 0, name: string) => number;
  readonly rights: readonly (readonly [right: Right, access: number])[];
}

export const SECTION: Opening = {
  call: 'OpenFileMappingW',
  open: OpenFileMappingW,
  rights: [
    ['read', FILE_MAP_READ],
    ['write', FILE_MAP_WRITE],
  ],
};

export const SECTION_TO_READ: Opening = { ...SECTION, rights: [['read', FILE_MAP_READ]] };

export const EVENT: Opening = {
  call: 'OpenEventW',
  open: OpenEventW,
  rights: [
    ['wait', SYNCHRONIZE],
    ['set', EVENT_MODIFY_STATE],
  ],
};

export const EVENT_TO_QUERY: Opening = { ...EVENT, rights: [['query', EVENT_QUERY_STATE]] };

/**
 * A handle with exactly the required rights, since an access list may grant only these; plus those of `wish` if they
 * are available. If denied, each right is tried alone, so that the error can name the refused ones.
 */
export function openWithRights({ call, open, rights }: Opening, name: string, wish = 0): number {
  const needed = rights.reduce((all, [, access]) => all | access, 0);
  const handle = (wish && open(needed | wish, 0, name)) || open(needed, 0, name);
  if (handle !== 0) return handle;
  const { code, systemMessage } = windowsError(call, GetLastError(), name);
  const refused = code === ERROR.ACCESS_DENIED ? rights.filter(([, access]) => !opens(open(access, 0, name))) : [];
  throw new KernelError(
    call,
    code,
    systemMessage,
    name,
    refused.map(([right]) => right),
  );
}

function opens(handle: number): boolean {
  if (handle !== 0) CloseHandle(handle);
  return handle !== 0;
}

/**
 * The result of `create`; if that is denied because the name exists and its access list grants less than creating asks
 * for, the object is opened.
 */
export function createOrOpen(opening: Opening, name: string, denied: KernelError, wish = 0): number {
  if (denied.code !== ERROR.ACCESS_DENIED) throw denied;
  try {
    return openWithRights(opening, name, wish);
  } catch (error) {
    throw error instanceof KernelError && error.code === ERROR.FILE_NOT_FOUND ? denied : error;
  }
}
