import type { HolderProcess } from './directory.ts';

/**
 * The port to programs that this one starts: nothing of them outlives it. Two adapters: job objects on Windows, process
 * groups and a guardian elsewhere.
 */
export interface ProcessControl {
  /** Before a program is spawned. */
  prepare(): PreparedProcess;
  /** What is known of a process. */
  processOf(pid: number): HolderProcess;
  /** Whether what is started has an administrator's rights. */
  isElevated(): boolean;
}

interface PreparedProcess {
  /** How it has to be spawned: on POSIX as the leader of a group. */
  readonly detached: boolean;
  /** Added to its environment, so that what it starts can be told from others. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * Takes the program that was just spawned, and all that it will start, as one. They end with this process at the
   * latest, whatever ends that. Throws {@link KernelError}.
   */
  adopt(pid: number): AdoptedProcess;
}

export interface AdoptedProcess {
  /** Stops all threads of the program. On POSIX also those of what it has started. Throws {@link KernelError}. */
  suspend(): void;
  resume(): void;
  /** Asks it to end, where the system has a way to; false where it has none. */
  askToEnd(): boolean;
  /** Ends it and all that it has started, at once. Does nothing to what has ended. */
  kill(): void;
  /** The program itself has ended: ends what it had started and left running, and says how many those were. */
  sweep(): number;
  /** Lets go; nothing of it may run any more. A second call does nothing. */
  close(): void;
}
