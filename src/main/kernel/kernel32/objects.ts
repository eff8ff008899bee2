import koffi from 'koffi';

/* What ntdll tells about named objects. As in bindings.ts, a HANDLE is a plain number, NULL 0. */
const ntdll = koffi.load('ntdll.dll');
const kernel32 = koffi.load('kernel32.dll');

export const STATUS = {
  MORE_ENTRIES: 0x0000_0105,
  NO_MORE_ENTRIES: 0x8000_001a,
  NOT_IMPLEMENTED: 0xc000_0002,
  ACCESS_DENIED: 0xc000_0022,
  OBJECT_TYPE_MISMATCH: 0xc000_0024,
  OBJECT_NAME_NOT_FOUND: 0xc000_0034,
  OBJECT_PATH_NOT_FOUND: 0xc000_003a,
} as const;

const MISSING: readonly number[] = [STATUS.OBJECT_NAME_NOT_FOUND, STATUS.OBJECT_PATH_NOT_FOUND];
export const isMissing = (status: number): boolean => MISSING.includes(status);

export const DIRECTORY_QUERY = 0x1;
export const SECTION_QUERY = 0x1;
export const READ_CONTROL = 0x0002_0000;
const OBJ_CASE_INSENSITIVE = 0x40;

koffi.struct('UNICODE_STRING', { Length: 'uint16_t', MaximumLength: 'uint16_t', Buffer: 'void *' });
koffi.struct('OBJECT_ATTRIBUTES', {
  Length: 'uint32_t',
  RootDirectory: 'intptr_t',
  ObjectName: 'UNICODE_STRING *',
  Attributes: 'uint32_t',
  SecurityDescriptor: 'void *',
  SecurityQualityOfService: 'void *',
});

type Handle = number;
interface Attributes {
  readonly Length: number;
}
type Open = (handle: Handle[], access: number, attributes: Attributes) => number;

const opener = (name: string) =>
  ntdll.func(
    `int32_t __stdcall ${name}(_Out_ intptr_t *handle, uint32_t access, OBJECT_ATTRIBUTES *attributes)`,
  ) as Open;
const NtOpenDirectoryObject = opener('NtOpenDirectoryObject');
const NtOpenSection = opener('NtOpenSection');
const NtOpenEvent = opener('NtOpenEvent');

/** A handle, or the status of the refusal as an unsigned number. */
export type Opened = { readonly handle: Handle } | { readonly status: number };

/** By its path in the object manager, whose names are counted strings: a lone surrogate is one too. */
function byPath(open: Open): (path: string, access: number) => Opened {
  return (path, access) => {
    const text = Buffer.from(path, 'utf16le');
    const handle = [0];
    const status = open(handle, access, {
      Length: koffi.sizeof('OBJECT_ATTRIBUTES'),
      RootDirectory: 0,
      ObjectName: { Length: text.length, MaximumLength: text.length, Buffer: text },
      Attributes: OBJ_CASE_INSENSITIVE,
      SecurityDescriptor: null,
      SecurityQualityOfService: null,
    } as Attributes);
    return status === 0 ? { handle: handle[0] as number } : { status: status >>> 0 };
  };
}
export const openDirectoryObject = byPath(NtOpenDirectoryObject);
export const openSectionObject = byPath(NtOpenSection);
export const openEventObject = byPath(NtOpenEvent);

const NtQueryDirectoryObject = ntdll.func(
  'int32_t __stdcall NtQueryDirectoryObject(intptr_t directory, void *buffer, uint32_t length, int single, int restart, _Inout_ uint32_t *context, void *written)',
) as (
  directory: Handle,
  buffer: Uint8Array,
  length: number,
  single: number,
  restart: number,
  context: number[],
  written: null,
) => number;

/** Continues at `context`. Returns a status as an unsigned number. */
export const queryDirectory = (directory: Handle, buffer: Uint8Array, single: boolean, context: number[]): number =>
  NtQueryDirectoryObject(directory, buffer, buffer.length, single ? 1 : 0, 0, context, null) >>> 0;

const NtQuerySection = ntdll.func(
  'int32_t __stdcall NtQuerySection(intptr_t section, int kind, void *information, size_t length, void *written)',
) as (section: Handle, kind: 0, information: Uint8Array, length: number, written: null) => number;

const POINTER = koffi.sizeof('void *');
const SEC_FILE = 0x0080_0000;
const SEC_IMAGE = 0x0100_0000;
/** SECTION_BASIC_INFORMATION: a pointer, the attributes, the size as a LARGE_INTEGER aligned to 8. */
const sectionInformation = Buffer.alloc(2 * POINTER + 8);

/** Null if the handle may not be asked. Bytes. */
export function sectionFacts(section: Handle): { readonly size: number; readonly isFile: boolean } | null {
  const status = NtQuerySection(section, 0, sectionInformation, sectionInformation.length, null);
  if (status !== 0) return null;
  const attributes = sectionInformation.readUInt32LE(POINTER);
  const size = Number(sectionInformation.readBigInt64LE(2 * POINTER));
  return { size, isFile: (attributes & (SEC_FILE | SEC_IMAGE)) !== 0 };
}

const GetMappedFileNameW = kernel32.func(
  'uint32_t __stdcall K32GetMappedFileNameW(intptr_t process, intptr_t address, void *name, uint32_t length)',
) as (process: Handle, address: number, name: Uint8Array, length: number) => number;
const GetCurrentProcess = kernel32.func('intptr_t __stdcall GetCurrentProcess()') as () => Handle;
const fileName = Buffer.alloc(2 * 1024);

/** Whether a view maps a file. */
export const isViewOfFile = (address: number): boolean =>
  GetMappedFileNameW(GetCurrentProcess(), address, fileName, fileName.length / 2) !== 0;

/** The UNICODE_STRING at `at`, whose text the system has put into `bytes` too; null for none. */
export function unicodeString(bytes: Buffer, at: number): string | null {
  const address = POINTER === 8 ? Number(bytes.readBigUInt64LE(at + 8)) : bytes.readUInt32LE(at + 4);
  if (address === 0) return null;
  const begin = address - Number(koffi.address(bytes));
  return bytes.toString('utf16le', begin, begin + bytes.readUInt16LE(at));
}
export const UNICODE_STRING_BYTES = 2 * POINTER;

const RtlNtStatusToDosError = ntdll.func('uint32_t __stdcall RtlNtStatusToDosError(uint32_t status)') as (
  status: number,
) => number;
/** The system's error code for a status. */
export const codeOf = (status: number): number => RtlNtStatusToDosError(status);
