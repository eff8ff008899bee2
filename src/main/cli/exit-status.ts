/** How the command line ends. */
export const EXIT = { done: 0, error: 1, usage: 2, timeout: 3, peerExited: 4 } as const;
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** A mistake in what the user typed: told with a sentence, ends with status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
