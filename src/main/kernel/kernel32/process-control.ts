import koffi from 'koffi';
import type { AdoptedProcess, ProcessControl } from '../process-control.ts';
import { CloseHandle } from './bindings.ts';
import { lastError, windowsError } from './errors.ts';
import { codeOf } from './objects.ts';
import { OpenProcess, processNames, processOf } from './process.ts';

const kernel32 = koffi.load('kernel32.dll');
const ntdll = koffi.load('ntdll.dll');

const PROCESS_TERMINATE = 0x1;
const PROCESS_SET_QUOTA = 0x100;
const PROCESS_SUSPEND_RESUME = 0x800;
const PROCESS_LIST = 3;
const EXTENDED_LIMITS = 9;
const KILL_ON_JOB_CLOSE = 0x2000;
/** Of JOBOBJECT_EXTENDED_LIMIT_INFORMATION. */
const LIMITS_BYTES = koffi.sizeof('intptr_t') === 8 ? 144 : 112;
const LIMIT_FLAGS_AT = 16;
/** Of JOBOBJECT_BASIC_PROCESS_ID_LIST: two counts, then a pointer-sized number each. */
const LIST_AT = 8;
const POINTER_BYTES = koffi.sizeof('intptr_t');
/** More processes than this aren't counted. */
const MAX_LISTED = 1024;
/** The exit code that TerminateJobObject leaves in a process: Task Manager's. */
const KILLED = 1;

/** Windows starts it for a program that writes to a console, and ends it too. */
const CONSOLE_HOST = 'conhost.exe';

type Handle = number;
const CreateJobObjectW = kernel32.func('intptr_t __stdcall CreateJobObjectW(void *security, str16 name)') as (
  security: null,
  name: null,
) => Handle;
const SetInformationJobObject = kernel32.func(
  'int __stdcall SetInformationJobObject(intptr_t job, int kind, void *information, uint32_t length)',
) as (job: Handle, kind: number, information: Buffer, length: number) => number;
const QueryInformationJobObject = kernel32.func(
  'int __stdcall QueryInformationJobObject(intptr_t job, int kind, void *information, uint32_t length, void *needed)',
) as (job: Handle, kind: number, information: Buffer, length: number, needed: null) => number;
const AssignProcessToJobObject = kernel32.func(
  'int __stdcall AssignProcessToJobObject(intptr_t job, intptr_t process)',
) as (job: Handle, process: Handle) => number;
const TerminateJobObject = kernel32.func('int __stdcall TerminateJobObject(intptr_t job, uint32_t code)') as (
  job: Handle,
  code: number,
) => number;
const NtSuspendProcess = ntdll.func('int __stdcall NtSuspendProcess(intptr_t process)') as (process: Handle) => number;
const NtResumeProcess = ntdll.func('int __stdcall NtResumeProcess(intptr_t process)') as (process: Handle) => number;

export const kernel32ProcessControl: ProcessControl = {
  processOf: (pid) => processOf(pid, processNames()),
  isElevated: () => {
    const IsUserAnAdmin = koffi.load('shell32.dll').func('int __stdcall IsUserAnAdmin()') as () => number;
    return IsUserAnAdmin() !== 0;
  },
  prepare: () => ({ detached: false, env: {}, adopt: (pid) => new Job(pid) }),
};

/** The job ends everything in it when its last handle is closed, which the system does if we die. */
class Job implements AdoptedProcess {
  readonly #pid: number;
  readonly #job: Handle;
  readonly #process: Handle;
  #isClosed = false;

  constructor(pid: number) {
    this.#pid = pid;
    this.#job = CreateJobObjectW(null, null);
    if (this.#job === 0) throw lastError('CreateJobObjectW', null);
    this.#process = OpenProcess(PROCESS_TERMINATE | PROCESS_SET_QUOTA | PROCESS_SUSPEND_RESUME, 0, pid);
    try {
      if (this.#process === 0) throw lastError('OpenProcess', null);
      const limits = Buffer.alloc(LIMITS_BYTES);
      limits.writeUInt32LE(KILL_ON_JOB_CLOSE, LIMIT_FLAGS_AT);
      if (SetInformationJobObject(this.#job, EXTENDED_LIMITS, limits, limits.length) === 0)
        throw lastError('SetInformationJobObject', null);
      if (AssignProcessToJobObject(this.#job, this.#process) === 0) throw lastError('AssignProcessToJobObject', null);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  suspend(): void {
    checkStatus('NtSuspendProcess', NtSuspendProcess(this.#process));
  }

  resume(): void {
    checkStatus('NtResumeProcess', NtResumeProcess(this.#process));
  }

  /** Windows has no signal that a program without a window and a console must notice. */
  askToEnd(): boolean {
    return false;
  }

  kill(): void {
    TerminateJobObject(this.#job, KILLED);
  }

  sweep(): number {
    const names = processNames();
    const left = this.#members().map((pid) => (pid === this.#pid ? undefined : names.get(pid)?.toLowerCase()));
    this.kill();
    return left.filter((name) => name !== undefined && name !== CONSOLE_HOST).length;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#process !== 0) CloseHandle(this.#process);
    CloseHandle(this.#job);
  }

  /** Some of them may just have ended. */
  #members(): number[] {
    const list = Buffer.alloc(LIST_AT + POINTER_BYTES * MAX_LISTED);
    if (QueryInformationJobObject(this.#job, PROCESS_LIST, list, list.length, null) === 0) return [];
    const count = Math.min(list.readUInt32LE(4), MAX_LISTED);
    return Array.from({ length: count }, (_, index) => list.readUInt32LE(LIST_AT + POINTER_BYTES * index));
  }
}

function checkStatus(call: string, status: number): void {
  if (status < 0) throw windowsError(call, codeOf(status), null);
}
