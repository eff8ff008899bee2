/** How a program ended: with an exit code, or by a signal if the system has those. */
export interface Exit {
  /** As reported by the system, 0 to 2^32 - 1; null if a signal ended it. */
  readonly code: number | null;
  /** Such as SIGKILL. */
  readonly signal: string | null;
}

/** What Windows means by a code, from ntstatus.h and winnt.h. */
const WINDOWS: ReadonlyMap<number, string> = new Map([
  [0x40010004, 'ended by a debugger'],
  [0x80000003, 'breakpoint'],
  [0x80000004, 'single step'],
  [0xc0000005, 'access violation'],
  [0xc0000006, 'a page could not be read in'],
  [0xc0000008, 'invalid handle'],
  [0xc0000017, 'out of memory'],
  [0xc000001d, 'illegal instruction'],
  [0xc0000025, 'an exception that can’t be continued'],
  [0xc0000026, 'invalid exception disposition'],
  [0xc000007b, 'a DLL of the wrong bitness, or a damaged one'],
  [0xc000008c, 'array bounds exceeded'],
  [0xc000008e, 'floating-point division by zero'],
  [0xc0000094, 'integer division by zero'],
  [0xc0000095, 'integer overflow'],
  [0xc0000096, 'privileged instruction'],
  [0xc00000fd, 'stack overflow'],
  [0xc0000135, 'a DLL was not found'],
  [0xc0000138, 'an ordinal was not found in a DLL'],
  [0xc0000139, 'a function was not found in a DLL'],
  [0xc000013a, 'Ctrl+C, or its console was closed'],
  [0xc0000142, 'a DLL failed to initialise'],
  [0xc0000374, 'heap corruption'],
  [0xc0000409, 'stack buffer overrun or fail-fast'],
  [0xc0000417, 'invalid argument to the C runtime'],
  [0xc0000420, 'assertion failed'],
  [0xc0000602, 'fail-fast exception'],
  [0xe0434352, '.NET exception'],
  [0xe06d7363, 'C++ exception'],
]);

const SIGNALS: Readonly<Record<string, string>> = {
  SIGABRT: 'aborted itself',
  SIGBUS: 'accessed memory that does not exist',
  SIGFPE: 'arithmetic error',
  SIGHUP: 'its terminal was closed',
  SIGILL: 'illegal instruction',
  SIGINT: 'interrupted',
  SIGKILL: 'killed',
  SIGPIPE: 'its output was closed',
  SIGSEGV: 'access violation',
  SIGSYS: 'a system call that it may not make',
  SIGTERM: 'asked to end',
  SIGTRAP: 'breakpoint',
};

/** Above this Windows' own codes begin: they are written in hex. */
const FIRST_STATUS = 0x40000000;
const RUST_PANIC = 101;

/** What an end means, without the code itself; null if only the program knows. */
function exitMeaning({ code, signal }: Exit, system: 'kernel32' | 'posix'): string | null {
  if (signal !== null) return SIGNALS[signal] ?? null;
  if (code === 0) return 'no error';
  if (code === RUST_PANIC) return 'a panic, if it is written in Rust';
  return (system === 'kernel32' && WINDOWS.get(code ?? 0)) || null;
}

/** "exit code 0xC0000005 (access violation)", "exit code 3", "SIGKILL (killed)". */
export function exitWords(exit: Exit, system: 'kernel32' | 'posix'): string {
  const meaning = exitMeaning(exit, system);
  const { code, signal } = exit;
  const shown = signal ?? `exit code ${code !== null && code >= FIRST_STATUS ? hex(code) : code}`;
  return meaning === null ? shown : `${shown} (${meaning})`;
}

const hex = (code: number) => `0x${code.toString(16).toUpperCase().padStart(8, '0')}`;

/** From here on Windows' codes are errors, including an exception's. */
const FIRST_ERROR = 0xc0000000;

/** Whether it didn't end by itself, as far as that can be told. */
export const isCrash = ({ code, signal }: Exit): boolean => signal !== null || (code ?? 0) >= FIRST_ERROR;
