import { ShmscopeError } from '../../shared/failure.ts';

/** Exit statuses of the command line. `pipeClosed` is what a shell reports for a program ended by SIGPIPE. */
export const EXIT = { done: 0, error: 1, usage: 2, timeout: 3, peerExited: 4, mismatch: 5, pipeClosed: 141 } as const;
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command with one sentence and a status. */
class CommandError extends Error {
  override readonly name: string = 'CommandError';
  readonly status: ExitStatus;

  constructor(message: string, status: ExitStatus, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** A mistake in what the user typed: ends with status 2. */
export class UsageError extends CommandError {
  override readonly name = 'UsageError';

  constructor(message: string) {
    super(message, EXIT.usage);
  }
}

/** Nobody reads the output any more, as after `| head -1`: nobody's mistake. */
export class PipeClosed extends Error {
  override readonly name = 'PipeClosed';
}

export const isPipeClosed = (error: unknown): boolean =>
  ['EPIPE', 'EOF'].includes((error as NodeJS.ErrnoException).code ?? '');

/** The exit status of a command that failed with this. */
export function statusOf(error: unknown): ExitStatus {
  if (error instanceof CommandError) return error.status;
  if (error instanceof PipeClosed) return EXIT.pipeClosed;
  if (!(error instanceof ShmscopeError)) return EXIT.error;
  if (error.code === 'no-server') return EXIT.timeout;
  return error.code === 'filter-invalid' ? EXIT.usage : EXIT.error;
}

/** The same error for commands whose status 1 is an answer, such as a failed test: errors are 2 there. */
export function asTrouble(error: unknown): unknown {
  if (statusOf(error) !== EXIT.error) return error;
  return new CommandError((error as Error).message, EXIT.usage, { cause: error });
}
