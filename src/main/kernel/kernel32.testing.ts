/** Objects as other programs of a real Windows make them, for tests on kernel32. */
import koffi from 'koffi';

const kernel32 = koffi.load('kernel32.dll');
const advapi32 = koffi.load('advapi32.dll');

const PAGE_READWRITE = 0x04;
const ANYTHING_BUT_A_FILE = -1;

koffi.struct('SECURITY_ATTRIBUTES_OF_A_STRANGER', { length: 'uint32_t', descriptor: 'intptr_t', inherit: 'int' });
const attributes = 'SECURITY_ATTRIBUTES_OF_A_STRANGER *';

const ConvertStringSecurityDescriptorToSecurityDescriptorW = advapi32.func(
  'int __stdcall ConvertStringSecurityDescriptorToSecurityDescriptorW(str16 text, uint32_t revision, _Out_ intptr_t *descriptor, void *size)',
);
const CreateFileMappingW = kernel32.func(
  `intptr_t __stdcall CreateFileMappingW(intptr_t file, ${attributes} security, uint32_t protect, uint32_t sizeHigh, uint32_t sizeLow, str16 name)`,
);
const CreateEventW = kernel32.func(
  `intptr_t __stdcall CreateEventW(${attributes} security, int manualReset, int signalled, str16 name)`,
);
const CloseHandle = kernel32.func('int __stdcall CloseHandle(intptr_t handle)');

export interface Strange {
  close(): void;
}

/** A section whose access list is `sddl`; null: the one that a program gives that asks for none. `flags` such as SEC_RESERVE. */
export function strangeSection(name: string, size: number, sddl: string | null = null, flags = 0): Strange {
  return held(CreateFileMappingW(ANYTHING_BUT_A_FILE, security(sddl), PAGE_READWRITE | flags, 0, size, name));
}

export function strangeEvent(name: string, sddl: string | null = null, manualReset = false): Strange {
  return held(CreateEventW(security(sddl), manualReset ? 1 : 0, 0, name));
}

function security(sddl: string | null) {
  if (sddl === null) return null;
  const descriptor = [0];
  if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl, 1, descriptor, null)) throw new Error(sddl);
  return { length: koffi.sizeof('SECURITY_ATTRIBUTES_OF_A_STRANGER'), descriptor: descriptor[0], inherit: 0 };
}

function held(handle: number): Strange {
  if (handle === 0) throw new Error('The object could not be made.');
  return { close: () => void CloseHandle(handle) };
}
