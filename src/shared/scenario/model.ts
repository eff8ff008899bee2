import type { Anomaly, Lane } from '../domain.ts';
import type { Encoding } from '../text/encodings.ts';
import type { AbiId } from '../types/abi.ts';
import type { GivenChannel, GivenPeer, GivenSession } from './schema-parts.ts';
import type { Capture, Expected } from './schema-payload.ts';
import type { Value } from './schema-words.ts';

/** A scenario as it is run: everything that could be omitted is there. Plain data, which crosses threads unchanged. */

export const DEFAULT_CHANNEL = 'main';
export const DEFAULT_TIMEOUT_MS = 5000;

export interface Scenario {
  /** As given. */
  readonly file: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** Of its data table; null without one. */
  readonly row: Row | null;
  readonly types: { readonly files: readonly string[]; readonly include: readonly string[]; readonly abi?: AbiId };
  readonly channels: Readonly<Record<string, GivenChannel>>;
  readonly sessions: Readonly<Record<string, SessionPart>>;
  readonly peers: Readonly<Record<string, PeerPart>>;
  readonly timeoutMs: number;
  /** Those that may occur; omitted: those of channels on which a step makes a peer misbehave. */
  readonly anomalies?: 'allow' | readonly Anomaly[] | undefined;
  readonly steps: readonly Step[];
}

export interface Row {
  /** From 1. */
  readonly number: number;
  readonly count: number;
  readonly values: Readonly<Record<string, Value>>;
}

export type SessionPart = Exclude<GivenSession, string> & { readonly channel: string };
export type PeerPart = GivenPeer & { readonly channel: string };

/** What is sent, before the variables captured while it runs are filled in. */
export type Payload =
  | { readonly kind: 'text'; readonly text: string; readonly encoding?: Encoding }
  | { readonly kind: 'hex' | 'base64'; readonly text: string }
  | { readonly kind: 'json'; readonly json: unknown }
  | { readonly kind: 'file'; readonly file: string }
  /** Those of a file, once it is read. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> };

interface AnyStep {
  /** Its index in each list that contains it, from 0: `2.0`. Identifies the step in reports. */
  readonly path: string;
  /** In its file. */
  readonly line: number;
  /** Its name in the file. */
  readonly name?: string;
}

/** A step on one session, which its thread can perform by itself. */
export type SessionStep = AnyStep & { readonly session: string } & (
    | { readonly do: 'send'; readonly payload: Payload; readonly capture: Readonly<Record<string, Capture>> }
    | {
        readonly do: 'expect';
        readonly expected: Expected;
        readonly lane: Lane | null;
        readonly skip: boolean;
        readonly timeoutMs: number;
        readonly capture: Readonly<Record<string, Capture>>;
      }
    | { readonly do: 'expect-timeout'; readonly ms: number }
    | { readonly do: 'expect-nothing'; readonly ms: number }
    | { readonly do: 'expect-exit'; readonly timeoutMs: number }
    | {
        readonly do: 'expect-anomaly';
        readonly anomaly: Anomaly;
        readonly lane: Lane | null;
        readonly receive: boolean;
        readonly timeoutMs: number;
      }
    | { readonly do: 'send-close' }
  );

/** A step on a program, or one that opens or closes something. */
export type PartStep = AnyStep &
  (
    | { readonly do: 'expect-end'; readonly peer: string; readonly code: number | null; readonly timeoutMs: number }
    | { readonly do: 'start' | 'stop' | 'restart'; readonly part: string }
    | { readonly do: 'fault'; readonly peer: string; readonly what: 'misbehave' | 'kill' | 'suspend' | 'resume' }
  );

type WaitStep = AnyStep & { readonly do: 'wait'; readonly ms: number };

/** Steps around steps. */
export type HoldingStep = AnyStep &
  (
    | { readonly do: 'repeat'; readonly times: number; readonly steps: readonly Step[] }
    | { readonly do: 'within'; readonly ms: number; readonly steps: readonly Step[] }
    | { readonly do: 'parallel'; readonly branches: readonly (readonly Step[])[] }
  );

export type Step = SessionStep | PartStep | WaitStep | HoldingStep;

/** The lists of steps that a step contains. */
export function listsIn(step: Step): readonly (readonly Step[])[] {
  if (step.do === 'parallel') return step.branches;
  return step.do === 'repeat' || step.do === 'within' ? [step.steps] : [];
}

/** Each step, before those that it contains. */
export function* eachStep(steps: readonly Step[], depth = 0): Generator<{ step: Step; depth: number }> {
  for (const step of steps) {
    yield { step, depth };
    for (const list of listsIn(step)) yield* eachStep(list, depth + 1);
  }
}

/** A session of Shmscope in which it takes part itself. */
export const isEndpoint = ({ role }: SessionPart): boolean => role !== 'tap';
