/**
 * Replay: what one end sent is sent again, to the real peer. A window's host starts it on an open end (`startReplay`),
 * from any session of this run or of an opened capture; the end's snapshot shows the progress
 * (`EndpointSnapshot.replay`).
 */
import * as v from 'valibot';
import { integer, MAX_TIMEOUT_MS } from '../domain.ts';
import type { Failure } from '../failure.ts';
import { rowQuerySchema } from '../log.ts';
import type { LatenessFigures } from './lateness.ts';
import { replayTimingSchema } from './timing.ts';

const MAX_LOOPS = 1_000_000;
const MAX_IGNORED = 100;
export const DEFAULT_REPLY_TIMEOUT_MS = 5000;

const seq = integer('A record number', 0, Number.MAX_SAFE_INTEGER);

/** What is replayed, and how. */
export const replayPlanSchema = v.strictObject({
  timing: replayTimingSchema,
  /** Only records from one number to the other, both included. Omitted: from the first, to the last. */
  from: v.optional(seq),
  to: v.optional(seq),
  /** Only messages that match are sent; the expected replies are those that followed them in the recording. */
  filter: v.optional(rowQuerySchema.entries.filter),
  encoding: rowQuerySchema.entries.encoding,
  loops: integer('The number of loops', 1, MAX_LOOPS),
  /** Each message waits for `stepReplay`. */
  step: v.boolean(),
  /** Replies are compared with the recorded ones. */
  compare: v.boolean(),
  /** Fields that may differ, by their path: `header.time`; including everything in them. */
  ignore: v.pipe(
    v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
    v.maxLength(MAX_IGNORED, `At most ${MAX_IGNORED} fields can be ignored.`),
  ),
  /** In lockstep even if messages are missing in the recording. */
  allowGaps: v.boolean(),
  /** ms to wait for a reply, and for a slot to be read. */
  timeoutMs: integer('The timeout', 1, MAX_TIMEOUT_MS),
});
export type ReplayPlan = v.InferOutput<typeof replayPlanSchema>;

/** `source`: the session whose end is replayed; for a tap, the end that it is replayed on. */
export const startReplaySchema = v.strictObject({ source: rowQuerySchema.entries.session, plan: replayPlanSchema });

/**
 * How a replay has ended: everything was `sent`; with compared replies they were the `same` or `differ`; the peer
 * didn't reply or read in time, or left; it was `stopped`, or `failed`. `failure` has the reason if known.
 */
export type ReplayResult = 'sent' | 'same' | 'differs' | 'timeout' | 'peer-left' | 'stopped' | 'failed';

export interface ReplayProgress {
  /** null while it runs. */
  readonly result: ReplayResult | null;
  /** The result, as a sentence; null while it runs. */
  readonly summary: string | null;
  /** The file and the session in it that is replayed. */
  readonly capture: string;
  readonly session: number;
  /** Messages sent, and in all. */
  readonly sent: number;
  readonly total: number;
  /** Messages that have arrived, and that were recorded as replies. */
  readonly replies: number;
  readonly expected: number;
  /** Messages that found the slot full and waited, or waited behind such a one; µs in all and at most. */
  readonly held: { readonly count: number; readonly totalMicros: number; readonly longestMicros: number };
  /** How late each other message was sent; null if they have no time. */
  readonly late: LatenessFigures | null;
  /** The message that `stepReplay` will send next, if each waits for that and it is its turn. */
  readonly next: { readonly seq: number; readonly size: number } | null;
  /** What is waited for, in words: "a reply to #12"; null if nothing is. */
  readonly waitsFor: string | null;
  /** Replies that differ; the first of them. */
  readonly differences: number;
  readonly first: ReplyDifference | null;
  /** Messages are missing in the recording, so differences may be its fault. */
  readonly missed: number;
  /** µs since the session began. */
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly failure: Failure | null;
}

/** The first place where a reply differs from the recorded one. */
export interface ReplyDifference {
  /** Which reply it is, from 1. */
  readonly reply: number;
  /** Number of the record in the capture; null if there is none. */
  readonly recorded: number | null;
  /** Number of the record in the session's log; null if none arrived. */
  readonly came: number | null;
  /** The path of a field, or `byte 12`, or `size`; null if there is no reply on one side. */
  readonly place: string | null;
  readonly expected: string;
  readonly actual: string;
  /** The type by which both were read; null if it was compared byte by byte. */
  readonly type: string | null;
  /** What differs, as a sentence. */
  readonly sentence: string;
}
