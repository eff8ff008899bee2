import { ShmscopeError } from '../../shared/failure.ts';

/** How the command line ends. `pipeClosed` is what a shell reports of a program that SIGPIPE has ended. */
export const EXIT = { done: 0, error: 1, usage: 2, timeout: 3, peerExited: 4, mismatch: 5, pipeClosed: 141 } as const;
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** A mistake in what the user typed: reported in one sentence, ends with status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Nobody reads the output any more, as after `| head -1`: no mistake of anybody's. */
export class PipeClosed extends Error {
  override readonly name = 'PipeClosed';
}

/** The status of what has ended a command early; throws what has none. */
export function statusOf(error: unknown): ExitStatus {
  if (error instanceof PipeClosed) return EXIT.pipeClosed;
  if (!(error instanceof ShmscopeError && error.code === 'no-server')) throw error;
  process.stderr.write(`shmscope: ${error.message}\n`);
  return EXIT.timeout;
}

export const isPipeClosed = (error: unknown): boolean =>
  ['EPIPE', 'EOF'].includes((error as NodeJS.ErrnoException).code ?? '');
