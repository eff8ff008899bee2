import * as v from 'valibot';
import type { Anomaly } from './domain.ts';

interface RecordKind {
  /** What such a record says. */
  readonly describe: string;
  /** The name of its counter, in the plural. A message is counted by direction instead. */
  readonly counter: string | null;
  /** Whether it reports that something went wrong. */
  readonly isWrong: boolean;
}

/**
 * What a row of the log says, in the order in which the window offers them. Each kind has an entry here and, enforced
 * by the compiler, its code in the file (`capture/store/codes.ts`) and its icon (`KindIcon.tsx`). A new counter is also
 * a column of the table `bucket`.
 */
export const RECORD_KINDS = {
  opened: { describe: 'The session was opened', counter: null, isWrong: false },
  message: { describe: 'A message in or out', counter: null, isWrong: false },
  timeout: { describe: 'A receive ended without data', counter: 'timeouts', isWrong: false },
  exit: { describe: 'The peer closed its end', counter: 'exits', isWrong: false },
  error: { describe: 'Something failed', counter: 'errors', isWrong: true },
  anomaly: { describe: 'Something that should not happen on a channel', counter: 'anomalies', isWrong: true },
  alarm: { describe: 'An alarm that was set for the session fired', counter: 'alarms', isWrong: true },
  snapshot: { describe: 'All bytes of a section, as they were', counter: null, isWrong: false },
  closed: { describe: 'The session was closed', counter: null, isWrong: false },
  notice: {
    describe: 'A note from Shmscope: it is waiting, records were removed',
    counter: null,
    isWrong: false,
  },
} as const satisfies Readonly<Record<string, RecordKind>>;

export type Kind = keyof typeof RECORD_KINDS;
export const KINDS = Object.keys(RECORD_KINDS) as Kind[];
export const kindSchema = v.picklist(KINDS);

type KindCounter = NonNullable<(typeof RECORD_KINDS)[Kind]['counter']>;

/** Anomalies with a counter of their own: what a tap missed isn't the channel's fault. */
const APART = { missed: 'missed' } as const satisfies Partial<Record<Anomaly, string>>;

export type Counter = KindCounter | (typeof APART)[keyof typeof APART];

/** Each counter, and what one of it is called. */
export const COUNTED: readonly { readonly counter: Counter; readonly one: string }[] = [
  ...KINDS.flatMap((kind) => {
    const { counter } = RECORD_KINDS[kind];
    return counter ? [{ counter, one: kind }] : [];
  }),
  ...Object.values(APART).map((counter) => ({ counter, one: counter })),
];
export const COUNTERS: readonly Counter[] = COUNTED.map(({ counter }) => counter);

/** What a record is counted as. `code`: of an anomaly, which one. */
export const counterOf = (kind: Kind, code: string | null): Counter | null =>
  kind === 'anomaly' && code !== null && Object.hasOwn(APART, code)
    ? APART[code as keyof typeof APART]
    : RECORD_KINDS[kind].counter;

/** A value per counter, such as 0. */
export const perCounter = <T>(make: () => T): Record<Counter, T> =>
  Object.fromEntries(COUNTERS.map((counter) => [counter, make()])) as Record<Counter, T>;
