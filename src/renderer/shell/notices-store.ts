import { create } from 'zustand';
import type { Failure, Result } from '../../shared/failure.ts';

/** An error that stays until it is dismissed. */
export interface Notice {
  readonly id: number;
  /** What was tried, e.g. "Close failed". */
  readonly title: string;
  readonly failure: Failure;
}

/** The window keeps this many; older ones are pushed out by newer ones. */
const KEPT = 5;
let last = 0;

export const useNotices = create<{ readonly notices: readonly Notice[] }>(() => ({ notices: [] }));

export function notify(title: string, failure: Failure): void {
  last += 1;
  const notice: Notice = { id: last, title, failure };
  useNotices.setState(({ notices }) => ({
    notices: [...notices.filter((n) => n.title !== title || n.failure.message !== failure.message), notice].slice(
      -KEPT,
    ),
  }));
}

export function dismiss(id: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

export const dismissNewest = (): void => useNotices.setState(({ notices }) => ({ notices: notices.slice(0, -1) }));

/** Waits for a call and says so when it failed. Resolves to whether it went well. */
export async function orNotify(title: string, call: Promise<Result<unknown>>): Promise<boolean> {
  const result = await call;
  if (!result.ok) notify(title, result.failure);
  return result.ok;
}
