import koffi from 'koffi';
import type { Region } from './extent.ts';

/*
 * HANDLE and addresses are integers of pointer size, which are plain numbers in JavaScript: NULL is 0,
 * INVALID_HANDLE_VALUE -1. BOOL is an int. Nothing here is called asynchronously, so GetLastError belongs to the
 * previous call on the same thread.
 */
const kernel32 = koffi.load('kernel32.dll');

export const INVALID_HANDLE_VALUE = -1;
export const PAGE_READWRITE = 0x04;
export const FILE_MAP_WRITE = 0x0002;
export const FILE_MAP_READ = 0x0004;
export const SYNCHRONIZE = 0x0010_0000;
export const EVENT_QUERY_STATE = 0x0001;
export const EVENT_MODIFY_STATE = 0x0002;
export const TIMER_MODIFY_STATE = 0x0002;
export const CREATE_WAITABLE_TIMER_HIGH_RESOLUTION = 0x2;
const DUPLICATE_SAME_ACCESS = 0x2;
export const WAIT_TIMEOUT = 0x102;
export const WAIT_FAILED = 0xffff_ffff;
const FORMAT_MESSAGE = 0x1000 | 0x0200; // FROM_SYSTEM | IGNORE_INSERTS

koffi.struct('MEMORY_BASIC_INFORMATION', {
  BaseAddress: 'uintptr_t',
  AllocationBase: 'uintptr_t',
  AllocationProtect: 'uint32_t',
  RegionSize: 'size_t',
  State: 'uint32_t',
  Protect: 'uint32_t',
  Type: 'uint32_t',
});

koffi.struct('SECURITY_ATTRIBUTES', { nLength: 'uint32_t', lpSecurityDescriptor: 'intptr_t', bInheritHandle: 'int' });

type Handle = number;

export interface SecurityAttributes {
  readonly nLength: number;
  readonly lpSecurityDescriptor: number;
  readonly bInheritHandle: 0;
}

export const securityAttributes = (descriptor: number): SecurityAttributes => ({
  nLength: koffi.sizeof('SECURITY_ATTRIBUTES'),
  lpSecurityDescriptor: descriptor,
  bInheritHandle: 0,
});

/** 32-bit integers in a HANDLE. */
export const POINTER_INTS = koffi.sizeof('intptr_t') / 4;

export const CreateFileMappingW = kernel32.func(
  'intptr_t __stdcall CreateFileMappingW(intptr_t file, SECURITY_ATTRIBUTES *security, uint32_t protect, uint32_t sizeHigh, uint32_t sizeLow, str16 name)',
) as (
  file: Handle,
  security: SecurityAttributes | null,
  protect: number,
  sizeHigh: number,
  sizeLow: number,
  name: string,
) => Handle;

export const OpenFileMappingW = kernel32.func(
  'intptr_t __stdcall OpenFileMappingW(uint32_t access, int inherit, str16 name)',
) as (access: number, inherit: 0, name: string) => Handle;

export const MapViewOfFile = kernel32.func(
  'intptr_t __stdcall MapViewOfFile(intptr_t section, uint32_t access, uint32_t offsetHigh, uint32_t offsetLow, size_t length)',
) as (section: Handle, access: number, offsetHigh: number, offsetLow: number, length: number) => number;

export const UnmapViewOfFile = kernel32.func('int __stdcall UnmapViewOfFile(intptr_t address)') as (
  a: number,
) => number;

const VirtualQuery = kernel32.func(
  'size_t __stdcall VirtualQuery(intptr_t address, _Out_ MEMORY_BASIC_INFORMATION *information, size_t length)',
) as (address: number, information: object, length: number) => number;

export const CreateEventW = kernel32.func(
  'intptr_t __stdcall CreateEventW(SECURITY_ATTRIBUTES *security, int manualReset, int signalled, str16 name)',
) as (security: SecurityAttributes | null, manualReset: 0, signalled: 0, name: string | null) => Handle;

export const OpenEventW = kernel32.func('intptr_t __stdcall OpenEventW(uint32_t access, int inherit, str16 name)') as (
  access: number,
  inherit: 0,
  name: string,
) => Handle;

const ntdll = koffi.load('ntdll.dll');

/** `span` is a LARGE_INTEGER as in {@link SetWaitableTimer}. */
export const NtDelayExecution = ntdll.func(
  'int32_t __stdcall NtDelayExecution(uint8_t alertable, const void *span)',
) as (alertable: 0, span: Int32Array) => number;

export const IS_WINE = has('const char *wine_get_version()');

function has(prototype: string): boolean {
  try {
    ntdll.func(prototype);
    return true;
  } catch {
    return false;
  }
}

/**
 * `information` takes an EVENT_BASIC_INFORMATION: its kind (0 manual-reset, 1 auto-reset) and its state. Returns an
 * NTSTATUS.
 */
export const NtQueryEvent = ntdll.func(
  'int32_t __stdcall NtQueryEvent(intptr_t event, int kind, void *information, uint32_t length, void *written)',
) as (event: Handle, kind: 0, information: Int32Array, length: number, written: null) => number;

/** `kind` says which OBJECT_…_INFORMATION `information` takes. Returns an NTSTATUS. */
export const NtQueryObject = ntdll.func(
  'int32_t __stdcall NtQueryObject(intptr_t handle, int kind, void *information, uint32_t length, void *written)',
) as (handle: Handle, kind: number, information: Uint8Array | Uint32Array, length: number, written: null) => number;

export const CreateEventExW = kernel32.func(
  'intptr_t __stdcall CreateEventExW(SECURITY_ATTRIBUTES *security, str16 name, uint32_t flags, uint32_t access)',
) as (security: SecurityAttributes | null, name: string, flags: 0, access: number) => Handle;

export const SetEvent = kernel32.func('int __stdcall SetEvent(intptr_t event)') as (event: Handle) => number;

export const WaitForSingleObject = kernel32.func(
  'uint32_t __stdcall WaitForSingleObject(intptr_t handle, uint32_t timeoutMs)',
) as (handle: Handle, timeoutMs: number) => number;

export const WaitForMultipleObjects = kernel32.func(
  'uint32_t __stdcall WaitForMultipleObjects(uint32_t count, const void *handles, int all, uint32_t timeoutMs)',
) as (count: number, handles: Int32Array, all: 0, timeoutMs: number) => number;

export const CreateWaitableTimerExW = kernel32.func(
  'intptr_t __stdcall CreateWaitableTimerExW(void *security, void *name, uint32_t flags, uint32_t access)',
) as (security: null, name: null, flags: number, access: number) => Handle;

/** `due` is a LARGE_INTEGER in units of 100 ns, negative for a time from now. */
export const SetWaitableTimer = kernel32.func(
  'int __stdcall SetWaitableTimer(intptr_t timer, const void *due, int32_t periodMs, void *routine, void *argument, int resume)',
) as (timer: Handle, due: Int32Array, periodMs: 0, routine: null, argument: null, resume: 0) => number;

/** Sets the system's tick for this process: each begin needs its end. */
const winmm = koffi.load('winmm.dll');
export const timeBeginPeriod = winmm.func('uint32_t __stdcall timeBeginPeriod(uint32_t ms)') as (ms: number) => number;
export const timeEndPeriod = winmm.func('uint32_t __stdcall timeEndPeriod(uint32_t ms)') as (ms: number) => number;

const GetCurrentProcess = kernel32.func('intptr_t __stdcall GetCurrentProcess()') as () => Handle;

const DuplicateHandle = kernel32.func(
  'int __stdcall DuplicateHandle(intptr_t fromProcess, intptr_t handle, intptr_t toProcess, _Out_ intptr_t *result, uint32_t access, int inherit, uint32_t options)',
) as (
  from: Handle,
  handle: Handle,
  to: Handle,
  result: Handle[],
  access: number,
  inherit: 0,
  options: number,
) => number;

export const CloseHandle = kernel32.func('int __stdcall CloseHandle(intptr_t handle)') as (handle: Handle) => number;

export const SDDL_REVISION_1 = 1;

/** The descriptor is freed by {@link LocalFree}. */
export const ConvertStringSecurityDescriptorToSecurityDescriptorW = koffi
  .load('advapi32.dll')
  .func(
    'int __stdcall ConvertStringSecurityDescriptorToSecurityDescriptorW(str16 text, uint32_t revision, _Out_ intptr_t *descriptor, void *size)',
  ) as (text: string, revision: number, descriptor: number[], size: null) => number;

export const LocalFree = kernel32.func('intptr_t __stdcall LocalFree(intptr_t memory)') as (memory: number) => number;

export const yieldProcessor = kernel32.func('int __stdcall SwitchToThread()') as () => void;

export const GetLastError = kernel32.func('uint32_t __stdcall GetLastError()') as () => number;

const FormatMessageW = kernel32.func(
  'uint32_t __stdcall FormatMessageW(uint32_t flags, void *source, uint32_t code, uint32_t language, void *text, uint32_t length, void *arguments)',
) as (flags: number, source: null, code: number, language: 0, text: Uint8Array, length: number, args: null) => number;

/** Part of every Windows. In Wine it copies 16 KiB in a 25th of RtlMoveMemory's time. */
const msvcrt = koffi.load('msvcrt.dll');

export const copyOut = msvcrt.func('void memcpy(void *target, intptr_t address, size_t length)') as (
  target: Uint8Array,
  address: number,
  length: number,
) => void;

export const copy = msvcrt.func('void memcpy(intptr_t target, intptr_t address, size_t length)') as (
  target: number,
  address: number,
  length: number,
) => void;

export const copyIn = msvcrt.func('void memcpy(intptr_t address, const void *source, size_t length)') as (
  address: number,
  source: Uint8Array,
  length: number,
) => void;

export const memset = msvcrt.func('void memset(intptr_t address, int value, size_t length)') as (
  address: number,
  value: number,
  length: number,
) => void;

export const memcmp = msvcrt.func('int memcmp(intptr_t address, intptr_t other, size_t length)') as (
  address: number,
  other: number,
  length: number,
) => number;

const RtlFillMemoryUlong = ntdll.func(
  'void __stdcall RtlFillMemoryUlong(intptr_t address, size_t length, uint32_t value)',
) as (address: number, length: 4, value: number) => void;
export const store32 = (address: number, value: number): void => RtlFillMemoryUlong(address, 4, value);

/** The attributes shared by the pages from `address` on; null if the call fails. */
export function regionAt(address: number): Region | null {
  const information = { AllocationBase: 0, RegionSize: 0, State: 0, Protect: 0 };
  const written = VirtualQuery(address, information, koffi.sizeof('MEMORY_BASIC_INFORMATION'));
  const { AllocationBase: view, RegionSize: size, State: state, Protect: protect } = information;
  return written === 0 ? null : { view, size, state, protect };
}

/** A second handle of this process to the same object; 0 if the call fails. */
export function duplicateHandle(handle: Handle): Handle {
  const process = GetCurrentProcess();
  const result = [0];
  DuplicateHandle(process, handle, process, result, 0, 0, DUPLICATE_SAME_ACCESS);
  return result[0] ?? 0;
}

/** The system's sentence for `code`, '' if it has none. */
export function formatMessage(code: number): string {
  const text = Buffer.alloc(2048);
  const length = FormatMessageW(FORMAT_MESSAGE, null, code, 0, text, text.length / 2, null);
  return text.toString('utf16le', 0, 2 * length);
}
