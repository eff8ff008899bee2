import koffi from 'koffi';
import type { HolderProcess } from '../directory.ts';
import { CloseHandle } from './bindings.ts';

const kernel32 = koffi.load('kernel32.dll');

const PROCESS_DUP_HANDLE = 0x40;
const PROCESS_QUERY_LIMITED_INFORMATION = 0x1000;
const DUPLICATE_SAME_ACCESS = 0x2;
const TH32CS_SNAPPROCESS = 0x2;
const INVALID_HANDLE_VALUE = -1;
const IMAGE_FILE_MACHINE_UNKNOWN = 0;
const MACHINES_OF_32_BITS: readonly number[] = [0x14c, 0x1c0, 0x1c4]; // I386, ARM, ARMNT

koffi.struct('PROCESSENTRY32W', {
  dwSize: 'uint32_t',
  cntUsage: 'uint32_t',
  th32ProcessID: 'uint32_t',
  th32DefaultHeapID: 'uintptr_t',
  th32ModuleID: 'uint32_t',
  cntThreads: 'uint32_t',
  th32ParentProcessID: 'uint32_t',
  pcPriClassBase: 'int32_t',
  dwFlags: 'uint32_t',
  szExeFile: koffi.array('char16_t', 260, 'String'),
});

type Handle = number;
interface ProcessEntry {
  readonly dwSize: number;
  readonly th32ProcessID?: number;
  readonly szExeFile?: string;
}

const CreateToolhelp32Snapshot = kernel32.func(
  'intptr_t __stdcall CreateToolhelp32Snapshot(uint32_t flags, uint32_t process)',
) as (flags: number, process: 0) => Handle;
const stepper = (name: string) =>
  kernel32.func(`int __stdcall ${name}(intptr_t snapshot, _Inout_ PROCESSENTRY32W *entry)`) as (
    snapshot: Handle,
    entry: ProcessEntry,
  ) => number;
const Process32FirstW = stepper('Process32FirstW');
const Process32NextW = stepper('Process32NextW');

export const OpenProcess = kernel32.func(
  'intptr_t __stdcall OpenProcess(uint32_t access, int inherit, uint32_t pid)',
) as (access: number, inherit: 0, pid: number) => Handle;
const IsWow64Process2 = kernel32.func(
  'int __stdcall IsWow64Process2(intptr_t process, _Out_ uint16_t *machine, _Out_ uint16_t *native)',
) as (process: Handle, machine: number[], native: number[]) => number;
const ProcessIdToSessionId = kernel32.func(
  'int __stdcall ProcessIdToSessionId(uint32_t pid, _Out_ uint32_t *session)',
) as (pid: number, session: number[]) => number;
const GetCurrentProcess = kernel32.func('intptr_t __stdcall GetCurrentProcess()') as () => Handle;
const DuplicateHandle = kernel32.func(
  'int __stdcall DuplicateHandle(intptr_t from, intptr_t handle, intptr_t to, _Out_ intptr_t *result, uint32_t access, int inherit, uint32_t options)',
) as (from: Handle, handle: Handle, to: Handle, result: Handle[], access: 0, inherit: 0, options: number) => number;

/** The programs' names by process, which need no rights. */
export function processNames(): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  const snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
  if (snapshot === INVALID_HANDLE_VALUE) return names;
  const entry: ProcessEntry = { dwSize: koffi.sizeof('PROCESSENTRY32W') };
  for (let more = Process32FirstW(snapshot, entry); more !== 0; more = Process32NextW(snapshot, entry))
    names.set(entry.th32ProcessID ?? 0, entry.szExeFile ?? '');
  CloseHandle(snapshot);
  return names;
}

/** Null if there is no such process, or nothing may be asked of it. */
export function sessionOf(pid: number): number | null {
  const session = [0];
  return ProcessIdToSessionId(pid, session) === 0 ? null : (session[0] as number);
}

export function processOf(pid: number, names: ReadonlyMap<number, string>): HolderProcess {
  return { pid, name: names.get(pid) ?? null, bits: bitsOf(pid), session: sessionOf(pid) };
}

function bitsOf(pid: number): 32 | 64 | null {
  const handle = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, 0, pid);
  if (handle === 0) return null;
  const [machine, native] = [[0], [0]];
  const answered = IsWow64Process2(handle, machine, native) !== 0;
  CloseHandle(handle);
  if (!answered) return null;
  const own = machine[0] === IMAGE_FILE_MACHINE_UNKNOWN ? native[0] : machine[0];
  return MACHINES_OF_32_BITS.includes(own as number) ? 32 : 64;
}

/**
 * The result of `work`, which gets a function that duplicates that process's handles (0 for failure); null if it may
 * not be opened.
 */
export function withHandlesOf<T>(pid: number, work: (ours: (handle: Handle) => Handle) => T): T | null {
  const from = OpenProcess(PROCESS_DUP_HANDLE, 0, pid);
  if (from === 0) return null;
  const to = GetCurrentProcess();
  try {
    return work((handle) => {
      const result = [0];
      return DuplicateHandle(from, handle, to, result, 0, 0, DUPLICATE_SAME_ACCESS) === 0 ? 0 : (result[0] ?? 0);
    });
  } finally {
    CloseHandle(from);
  }
}
