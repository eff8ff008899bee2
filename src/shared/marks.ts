import * as v from 'valibot';
import { integer } from './domain.ts';

/** The most characters (UTF-16 units) of a mark's label. */
export const MAX_LABEL = 200;
/** The most characters (UTF-16 units) of a note. */
export const MAX_NOTE = 10_000;
/** The most marks and notes of a session in one answer. */
export const MAX_MARKS = 10_000;

const sessionId = integer('Session', 1, Number.MAX_SAFE_INTEGER);
const record = { session: sessionId, seq: integer('Record', 0, Number.MAX_SAFE_INTEGER) };

export const setMarkSchema = v.strictObject({
  ...record,
  /** null removes the mark; an empty label is a mark without a word. */
  label: v.nullable(
    v.pipe(v.string(), v.maxLength(MAX_LABEL, `A mark's label can have at most ${MAX_LABEL} characters.`)),
  ),
});
export type SetMark = v.InferOutput<typeof setMarkSchema>;

export const setNoteSchema = v.strictObject({
  ...record,
  /** null removes the note. */
  text: v.nullable(v.pipe(v.string(), v.maxLength(MAX_NOTE, 'A note can have at most 10,000 characters.'))),
});
export type SetNote = v.InferOutput<typeof setNoteSchema>;

export const marksQuerySchema = v.strictObject({ session: sessionId });
export type MarksQuery = v.InferOutput<typeof marksQuerySchema>;

/** A record that has a mark, a note, or both. */
export interface Mark {
  readonly seq: number;
  /** When it was made, in µs since the session began; null if the record no longer exists. */
  readonly mono: number | null;
  readonly mark: string | null;
  readonly note: string | null;
}
