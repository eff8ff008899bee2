/** Objects as other programs on a real Windows create them, for tests on kernel32. */
import koffi from 'koffi';

const kernel32 = koffi.load('kernel32.dll');
const advapi32 = koffi.load('advapi32.dll');

const PAGE_READONLY = 0x02;
const PAGE_READWRITE = 0x04;
const GENERIC_READ = 0x8000_0000;
const FILE_SHARE_READ = 0x1;
const OPEN_EXISTING = 3;
const SEC_RESERVE = 0x0400_0000;
const MEM_COMMIT = 0x1000;
const FILE_MAP_WRITE = 0x0002;
const ANYTHING_BUT_A_FILE = -1;

koffi.struct('SECURITY_ATTRIBUTES_OF_A_STRANGER', { length: 'uint32_t', descriptor: 'intptr_t', inherit: 'int' });
const attributes = 'SECURITY_ATTRIBUTES_OF_A_STRANGER *';

const ConvertStringSecurityDescriptorToSecurityDescriptorW = advapi32.func(
  'int __stdcall ConvertStringSecurityDescriptorToSecurityDescriptorW(str16 text, uint32_t revision, _Out_ intptr_t *descriptor, void *size)',
);
const CreateFileMappingW = kernel32.func(
  `intptr_t __stdcall CreateFileMappingW(intptr_t file, ${attributes} security, uint32_t protect, uint32_t sizeHigh, uint32_t sizeLow, str16 name)`,
);
const CreateFileW = kernel32.func(
  'intptr_t __stdcall CreateFileW(str16 path, uint32_t access, uint32_t share, void *security, uint32_t create, uint32_t flags, intptr_t template)',
);
const CreateEventW = kernel32.func(
  `intptr_t __stdcall CreateEventW(${attributes} security, int manualReset, int signalled, str16 name)`,
);
const MapViewOfFile = kernel32.func(
  'intptr_t __stdcall MapViewOfFile(intptr_t section, uint32_t access, uint32_t offsetHigh, uint32_t offsetLow, size_t length)',
);
const UnmapViewOfFile = kernel32.func('int __stdcall UnmapViewOfFile(intptr_t address)');
const VirtualAlloc = kernel32.func(
  'intptr_t __stdcall VirtualAlloc(intptr_t address, size_t length, uint32_t type, uint32_t protect)',
);
const CloseHandle = kernel32.func('int __stdcall CloseHandle(intptr_t handle)');

const OpenFileMappingW = kernel32.func('intptr_t __stdcall OpenFileMappingW(uint32_t access, int inherit, str16 name)');
const OpenEventW = kernel32.func('intptr_t __stdcall OpenEventW(uint32_t access, int inherit, str16 name)');
const GetKernelObjectSecurity = advapi32.func(
  'int __stdcall GetKernelObjectSecurity(intptr_t handle, uint32_t what, void *descriptor, uint32_t length, _Out_ uint32_t *needed)',
);
const ConvertSecurityDescriptorToStringSecurityDescriptorW = advapi32.func(
  'int __stdcall ConvertSecurityDescriptorToStringSecurityDescriptorW(const void *descriptor, uint32_t revision, uint32_t what, _Out_ str16 *text, void *length)',
);

const READ_CONTROL = 0x0002_0000;
const DACL_SECURITY_INFORMATION = 0x4;

/** Whom each entry of an object's access list is about, in SDDL, as the system stores it. */
export function trusteesOf(kind: 'section' | 'event', name: string): string[] {
  const handle = (kind === 'section' ? OpenFileMappingW : OpenEventW)(READ_CONTROL, 0, name);
  if (handle === 0) throw new Error('The object could not be opened.');
  const descriptor = Buffer.alloc(4096);
  const text: [string | null] = [null];
  const read = GetKernelObjectSecurity(handle, DACL_SECURITY_INFORMATION, descriptor, descriptor.length, [0]);
  CloseHandle(handle);
  const written =
    read && ConvertSecurityDescriptorToStringSecurityDescriptorW(descriptor, 1, DACL_SECURITY_INFORMATION, text, null);
  if (!written) throw new Error('The access list could not be read.');
  return [...(text[0] ?? '').matchAll(/;([^;()]+)\)/g)].map(([, trustee = '']) => trustee);
}

export interface ForeignObject {
  close(): void;
}

/** A section whose access list is `sddl`; null: the default one. */
export function foreignSection(name: string, size: number, sddl: string | null = null): ForeignObject {
  return held(CreateFileMappingW(ANYTHING_BUT_A_FILE, security(sddl), PAGE_READWRITE, 0, size, name));
}

/** A section that maps the file at `path`. */
export function fileSection(name: string, path: string): ForeignObject {
  const file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, null, OPEN_EXISTING, 0, 0);
  const section = held(CreateFileMappingW(file, null, PAGE_READONLY, 0, 0, name));
  CloseHandle(file);
  return section;
}

/** A section whose memory is reserved, and committed only at these places. */
export function reservedSection(
  name: string,
  size: number,
  ...committed: { at: number; bytes: number }[]
): ForeignObject {
  const handle = CreateFileMappingW(ANYTHING_BUT_A_FILE, null, PAGE_READWRITE | SEC_RESERVE, 0, size, name);
  const view = MapViewOfFile(handle, FILE_MAP_WRITE, 0, 0, 0);
  for (const { at, bytes } of committed) {
    if (VirtualAlloc(view + at, bytes, MEM_COMMIT, PAGE_READWRITE) === 0) throw new Error('Nothing was committed.');
  }
  const section = held(handle);
  return {
    close: () => {
      UnmapViewOfFile(view);
      section.close();
    },
  };
}

export function foreignEvent(name: string, sddl: string | null = null, manualReset = false): ForeignObject {
  return held(CreateEventW(security(sddl), manualReset ? 1 : 0, 0, name));
}

function security(sddl: string | null) {
  if (sddl === null) return null;
  const descriptor = [0];
  if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl, 1, descriptor, null)) throw new Error(sddl);
  return { length: koffi.sizeof('SECURITY_ATTRIBUTES_OF_A_STRANGER'), descriptor: descriptor[0], inherit: 0 };
}

function held(handle: number): ForeignObject {
  if (handle === 0) throw new Error('The object could not be made.');
  return { close: () => void CloseHandle(handle) };
}
