import { create } from 'zustand';
import { between, type Span } from './range.ts';

export const CURSORS = ['a', 'b'] as const;
export type Cursor = (typeof CURSORS)[number];
/** Where both cursors of a session are, in µs since it began; null: it is not set. */
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
