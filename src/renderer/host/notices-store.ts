import { create } from 'zustand';
import type { Failure, Result } from '../../shared/failure.ts';

/** What stays until it is dismissed: an error, or information about what was done. */
export interface Notice {
  readonly id: number;
  /** What was tried or done, e.g. "Close failed". */
  readonly title: string;
  readonly about: Failure | string;
}

/** The window keeps this many; newer ones push out older ones. */
const KEPT = 5;
let last = 0;

export const useNotices = create<{ readonly notices: readonly Notice[] }>(() => ({ notices: [] }));

export const notify = (title: string, failure: Failure): void => add(title, failure);

/**
 * The same for what the window reads by itself: a lost connection is already shown, and everything is read again after
 * it.
 */
export const notifyOfRead = (title: string, failure: Failure): void => {
  if (failure.code !== 'disconnected') notify(title, failure);
};

/** Shows information about what was done. */
export const tell = (title: string, words: string): void => add(title, words);

function add(title: string, about: Notice['about']): void {
  last += 1;
  const notice: Notice = { id: last, title, about };
  const isSame = (other: Notice) => other.title === title && wordsOf(other) === wordsOf(notice);
  useNotices.setState(({ notices }) => ({
    notices: [...notices.filter((other) => !isSame(other)), notice].slice(-KEPT),
  }));
}

const wordsOf = ({ about }: Notice): string => (typeof about === 'string' ? about : about.message);

export function dismiss(id: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

export const dismissNewest = (): void => useNotices.setState(({ notices }) => ({ notices: notices.slice(0, -1) }));

/** Waits for a call and reports a failure. Resolves to whether it succeeded. */
export async function orNotify(title: string, call: Promise<Result<unknown>>): Promise<boolean> {
  const result = await call;
  if (!result.ok) notify(title, result.failure);
  return result.ok;
}
