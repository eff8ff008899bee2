import type { HolderProcess } from './directory.ts';

/**
 * The port to programs that this one starts: none of them outlives it. Two adapters: job objects on Windows, process
 * groups and a guardian elsewhere.
 */
export interface ProcessControl {
  /** Before a program is spawned. */
  prepare(): PreparedProcess;
  /** What is known about a process. */
  processOf(pid: number): HolderProcess;
  /** Whether what is started runs as an administrator. */
  isElevated(): boolean;
}

interface PreparedProcess {
  /** How it must be spawned: on POSIX as the leader of a group. */
  readonly detached: boolean;
  /** Added to its environment, so that what it starts can be distinguished from others. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * Takes the program that was just spawned, and everything that it will start, as one. They end with this process at
   * the latest, however that ends. Throws {@link KernelError}.
   */
  adopt(pid: number): AdoptedProcess;
}

export interface AdoptedProcess {
  /** Suspends all threads of the program. On POSIX also those of what it has started. Throws {@link KernelError}. */
  suspend(): void;
  resume(): void;
  /** Asks it to end, if the system has a way to; false if not. */
  askToEnd(): boolean;
  /** Kills it and everything that it has started. Does nothing if it has ended. */
  kill(): void;
  /** The program itself has ended: kills what it had started and left running, and returns how many those were. */
  sweep(): number;
  /** Releases it; none of it may be running any more. A second call does nothing. */
  close(): void;
}
