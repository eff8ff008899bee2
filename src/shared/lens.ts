import * as v from 'valibot';
import { integer, type Lane, type Layout, type Role } from './domain.ts';
import { objectNameSchema } from './object-name.ts';

/** What to look at through the lens: a session's channel, or a section by its name. */
export const lensTargetSchema = v.variant('of', [
  v.strictObject({ of: v.literal('session'), id: integer('Session', 1, Number.MAX_SAFE_INTEGER) }),
  v.strictObject({ of: v.literal('section'), name: objectNameSchema }),
]);
export type LensTarget = v.InferOutput<typeof lensTargetSchema>;

/**
 * `certain`: nothing else can have left these bytes. `probable`: something else can, but would have to contain odd
 * messages.
 */
export type Certainty = 'certain' | 'probable' | 'undecided';

/** One observation, in a sentence, and the bytes from `from` up to `to` on which it is based. */
export interface Reason {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Best first: nothing against it; only odd messages; bytes after a message, which only a peer that doesn't zero its
 * buffer would leave; bytes that no peer leaves; no room for it, or no size in it.
 */
export const STANDINGS = ['fits', 'doubtful', 'leftovers', 'contradicted', 'impossible'] as const;
export type Standing = (typeof STANDINGS)[number];

/** A layout compared with the bytes. */
export interface Candidate {
  readonly layout: Layout;
  /** Bytes each way, according to its header. */
  readonly capacity: number;
  readonly standing: Standing;
  readonly for: readonly Reason[];
  readonly against: readonly Reason[];
}

/** What a layout takes bytes for. */
export type FieldKind = 'size' | 'flag' | 'length' | 'padding' | 'data';

/** The bytes from `from` up to `to` as one layout reads them. */
export interface LensField {
  readonly kind: FieldKind;
  /** null for the buffer size and the padding. */
  readonly lane: Lane | null;
  readonly from: number;
  readonly to: number;
  /** As it is there; rounded above 2^53. null for data. */
  readonly value: number | null;
}

/** How one layout reads the section. */
export interface LensReading extends Candidate {
  /** In the order of their offsets. Data is listed as a whole, however much of it is shown. Empty if impossible. */
  readonly fields: readonly LensField[];
}

/** Bytes as they were copied, and their position. */
export interface LensSpan {
  readonly from: number;
  readonly bytes: Uint8Array;
}

/**
 * `same`: both write one layout · `mismatch`: each writes another · `one`: one side's is known, the other has left no
 * evidence · `nothing`: nothing was written that tells · `several`: what was written can be read in several ways ·
 * `foreign`: no pair of layouts explains it.
 */
export type LensOutcome = 'same' | 'mismatch' | 'one' | 'nothing' | 'several' | 'foreign';

export interface LensVerdict {
  readonly outcome: LensOutcome;
  readonly certainty: Certainty;
  /** The layouts that each side can have, the most likely first; all that are possible if unknown. */
  readonly layouts: Readonly<Record<Role, readonly Layout[]>>;
  /** What is the case and what to do about it, for somebody who has never read the protocol. */
  readonly sentence: string;
  /** What it is based on. */
  readonly proof: readonly Reason[];
}

/** What a section's bytes say about the layouts of its peers. */
export interface LensView {
  /** Bytes of the view. */
  readonly extent: number;
  /** In the order of {@link LAYOUTS}. */
  readonly readings: readonly LensReading[];
  readonly verdict: LensVerdict;
  /** The header and the first bytes of both slots under every reading, in order, without touching. */
  readonly spans: readonly LensSpan[];
}
