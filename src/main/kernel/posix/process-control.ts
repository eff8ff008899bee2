import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Writable } from 'node:stream';
import type { AdoptedProcess, ProcessControl } from '../process-control.ts';
import { isSystemError } from './errors.ts';
import { processIds, processOf, startedAt, tried } from './proc.ts';

/** Marks what was started by this process, and is inherited by what that starts. */
const MARK = 'SHMSCOPE_STARTED_BY';
const token = randomUUID();

/**
 * Learns on its standard input which groups there are, and kills them when that closes, as it does when we die. A
 * program that has left its group is known by its mark, if the system shows it.
 */
const GUARDIAN = `
trap '' INT TERM HUP
groups=
while read -r verb id; do
  case $verb in
    add) groups="$groups $id" ;;
    del) left=; for one in $groups; do [ "$one" = "$id" ] || left="$left $one"; done; groups=$left ;;
    end) exit ;;
  esac
done
for one in $groups; do kill -KILL -- "-$one" 2>/dev/null; done
for file in $(grep -ls "${MARK}=$1\\." /proc/[0-9]*/environ 2>/dev/null); do
  pid=\${file#/proc/}
  kill -KILL "\${pid%/environ}" 2>/dev/null
done
`;

let guardian: ChildProcessByStdio<Writable, null, null> | null = null;
let adopted = 0;

function tellGuardian(verb: 'add' | 'del', group: number): void {
  guardian ??= startGuardian();
  guardian.stdin.write(`${verb} ${group}\n`);
  adopted += verb === 'add' ? 1 : -1;
  if (adopted > 0) return;
  // With nothing to guard it ends; the next time another one is started.
  guardian.stdin.end('end\n');
  guardian = null;
}

function startGuardian(): ChildProcessByStdio<Writable, null, null> {
  const child = spawn('/bin/sh', ['-c', GUARDIAN, 'shmscope-guardian', token], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.stdin.on('error', () => {});
  child.on('error', () => {});
  child.once('exit', () => {
    if (guardian === child) guardian = null;
  });
  child.unref();
  return child;
}

let prepared = 0;

export const posixProcessControl: ProcessControl = {
  processOf,
  isElevated: () => process.geteuid?.() === 0,
  prepare: () => {
    const mark = `${token}.${prepared++}`;
    const adopt = (pid: number) => {
      tellGuardian('add', pid);
      return new ProcessGroup(pid, mark);
    };
    return { detached: true, env: { [MARK]: mark }, adopt };
  },
};

class ProcessGroup implements AdoptedProcess {
  readonly #leader: number;
  readonly #mark: Mark;
  #isClosed = false;

  constructor(leader: number, text: string) {
    this.#leader = leader;
    this.#mark = { text, since: startedAt(leader) ?? 0 };
  }

  suspend(): void {
    this.#signal('SIGSTOP');
  }

  resume(): void {
    this.#signal('SIGCONT');
  }

  askToEnd(): boolean {
    this.#signal('SIGTERM');
    // A stopped process notices nothing.
    this.#signal('SIGCONT');
    return true;
  }

  kill(): void {
    this.#signal('SIGKILL');
    for (const pid of marked(this.#mark)) attempt(() => process.kill(pid, 'SIGKILL'));
  }

  sweep(): number {
    const left = marked(this.#mark).length;
    this.kill();
    return left;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    tellGuardian('del', this.#leader);
  }

  #signal(signal: NodeJS.Signals): void {
    attempt(() => process.kill(-this.#leader, signal));
  }
}

/** Nobody is there any more, so there is nothing to do. */
function attempt(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

interface Mark {
  readonly text: string;
  /** When the first process with this mark began, as in {@link startedAt}. */
  readonly since: number;
}

/**
 * The processes that were started with this mark, or by one that was. None if the system doesn't show it. Those that
 * existed before are skipped: reading the environment of a stuck process can block for just as long.
 */
function marked({ text, since }: Mark): number[] {
  const variable = `${MARK}=${text}\0`;
  const isMarked = (pid: number) =>
    `${tried(() => readFileSync(`/proc/${pid}/environ`, 'latin1')) ?? ''}\0`.includes(variable);
  return (processIds() ?? []).filter((pid) => (startedAt(pid) ?? -1) >= since && isMarked(pid));
}
