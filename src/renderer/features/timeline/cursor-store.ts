import { create } from 'zustand';
import { between, type Span } from './range.ts';

export const CURSORS = ['a', 'b'] as const;
export type Cursor = (typeof CURSORS)[number];
/** Both cursors of a session, in µs since it began; null: not set. */
export type Cursors = Readonly<Record<Cursor, number | null>>;

const NONE: Cursors = { a: null, b: null };

const useAllCursors = create<Readonly<Record<number, Cursors>>>(() => ({}));

export const useCursors = (session: number): Cursors => useAllCursors((state) => state[session] ?? NONE);
export const cursorsOf = (session: number): Cursors => useAllCursors.getState()[session] ?? NONE;

export function setCursors(session: number, cursors: Partial<Cursors>): void {
  useAllCursors.setState((state) => ({ [session]: { ...(state[session] ?? NONE), ...cursors } }));
}

export const removeCursors = (session: number): void => setCursors(session, NONE);

/** What lies between the cursors; null until both are set. */
export const spanOf = ({ a, b }: Cursors): Span | null => (a === null || b === null ? null : between(a, b));
