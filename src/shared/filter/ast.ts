import { LANES } from '../domain.ts';
import type { Kind } from '../record-kind.ts';
import type { EncodingChoice } from '../text/encodings.ts';

/** The longest filter text, in UTF-16 code units. */
export const MAX_FILTER_TEXT = 4096;

/** `text.slice(from, to)`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A mistake: where it is, a sentence, and what could be there instead. */
export interface FilterError {
  readonly span: Span;
  readonly message: string;
  readonly expected: readonly string[];
  /** There are several meanings, and `expected` has a way to write each: one of them was meant. */
  readonly isChoice?: true;
}

export const COMPARISONS = ['>=', '<=', '>', '<', '='] as const;
/**
 * `size` in bytes, `delta` and `latency` in µs, `seq` as it is; all whole numbers. A range includes both ends; null is
 * open.
 */
export type Comparison =
  | { readonly op: (typeof COMPARISONS)[number]; readonly value: number }
  | { readonly op: '..'; readonly low: number | null; readonly high: number | null };

/** A time, as written. */
export type Instant =
  | {
      /** null: on the day that the session was recorded. */
      readonly date: { readonly year: number; readonly month: number; readonly day: number } | null;
      /** µs since midnight; null: the start of the day. */
      readonly time: number | null;
      /** Minutes ahead of UTC; null: by the local clock of the window that it was written in. */
      readonly offset: number | null;
    }
  /** µs since the session began, on the monotonic clock. */
  | { readonly since: number };

export const DIRECTION_WORDS = ['in', 'out', 'none'] as const;
export type DirectionWord = (typeof DIRECTION_WORDS)[number];
export const LANE_WORDS = [...LANES, 'none'] as const;
export type LaneWord = (typeof LANE_WORDS)[number];
/** `*`: any. */
export type AnyOf<T> = '*' | readonly T[];

/** How the payload is read; omitted: like its channel's payloads, in UTF-8 if nothing else is known. */
interface InEncoding {
  readonly encoding?: EncodingChoice;
}

/** What a field of a payload must be; whole numbers are exact. */
export type FieldTest =
  /** It exists. */
  | { readonly op: '*' }
  /** One of these. */
  | { readonly op: '='; readonly values: readonly FieldWord[]; readonly ignoreCase: boolean }
  | { readonly op: '>=' | '<=' | '>' | '<'; readonly value: number | bigint }
  /** Both ends included; null is open. */
  | { readonly op: '..'; readonly low: number | bigint | null; readonly high: number | bigint | null };

/** A number, a name or a text. */
export interface FieldWord {
  readonly text: string;
  readonly number?: number | bigint;
}

interface InComparison {
  readonly comparison: Comparison;
}
interface AtInstant {
  readonly instant: Instant;
}

/** What the terms say, by their type. */
interface TermValues {
  readonly dir: { readonly values: AnyOf<DirectionWord> };
  readonly lane: { readonly values: AnyOf<LaneWord> };
  readonly kind: { readonly values: AnyOf<Kind> };
  readonly code: { readonly values: AnyOf<string> };
  readonly size: InComparison;
  readonly delta: InComparison;
  readonly latency: InComparison;
  readonly seq: InComparison;
  readonly count: InComparison;
  /** `after` includes its instant, `before` doesn't. */
  readonly after: AtInstant;
  readonly before: AtInstant;
  /** A mark whose label contains `text`; `*`: any mark. */
  readonly mark: { readonly text: string };
  /** The record's sentence contains `text`. */
  readonly detail: { readonly text: string };
  /** The payload contains `text`. */
  readonly text: InEncoding & { readonly text: string; readonly ignoreCase: boolean };
  readonly regex: InEncoding & { readonly source: string; readonly flags: string };
  /** The payload contains these bytes; null is any byte. */
  readonly hex: { readonly bytes: readonly (number | null)[] };
  /** A field of the payload's declared type; `path` may start with the type's name. */
  readonly field: { readonly path: string; readonly test: FieldTest };
}

export type BuiltInType = keyof TermValues;
export type TermOf<T extends BuiltInType> = { readonly [K in T]: { readonly type: K } & TermValues[K] }[T];
/** What a single record must be, as the language itself knows it. */
export type BuiltInTerm = TermOf<BuiltInType>;

/** A term that was added to the catalogue. `value` can be sent to other threads. */
export interface AddedTerm {
  readonly type: `+${string}`;
  readonly value: unknown;
}

export type Term = BuiltInTerm | AddedTerm;

export type Node = { readonly span: Span } & (
  | Term
  /** Every record. */
  | { readonly type: 'all' }
  /** At least two. */
  | { readonly type: 'and' | 'or'; readonly terms: readonly Node[] }
  | { readonly type: 'not'; readonly term: Node }
);

export type Parsed = { readonly ok: true; readonly filter: Node } | { readonly ok: false; readonly error: FilterError };

/** A {@link FilterError} on its way out of a parser, which never lets it escape. */
export class Mistake extends Error {
  readonly error: FilterError;

  constructor(span: Span, message: string, expected: readonly string[] = [], isChoice = false) {
    super(message);
    this.error = { span, message, expected, ...(isChoice && { isChoice }) };
  }
}
