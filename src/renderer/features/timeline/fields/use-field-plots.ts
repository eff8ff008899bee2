import { useEffect, useMemo, useRef, useState } from 'react';
import type { Api } from '../../../../shared/api.ts';
import type { Failure } from '../../../../shared/failure.ts';
import { MAX_PLOTTED_FIELDS, type PlottedField } from '../../../../shared/field-plot.ts';
import { useApi } from '../../../host/api-context.ts';
import { useHost } from '../../../host/host-store.ts';
import { type Asked, askedFor, serves } from '../grid.ts';
import type { Group } from '../groups.ts';
import { Poll } from '../poll.ts';
import { useTracks } from '../track-store.ts';
import { fieldOfId, idOfField } from '../tracks/field.ts';
import type { FieldSlice } from '../tracks/field-slice.ts';
import type { TimelineView } from '../use-timelines.ts';
import { isStopped, showReading, useReading } from './reading-store.ts';

/** By the name of the track. */
export type FieldSlices = ReadonlyMap<string, FieldSlice>;

export interface FieldPlots {
  readonly bySession: ReadonlyMap<number, FieldSlices>;
  readonly failure: Failure | null;
}

const NOTHING: FieldPlots = { bySession: new Map(), failure: null };
/** ms between two requests while a session grows. */
const EVERY = 500;

/** The values of the fields that have tracks, per group; read on for as long as they are requested. */
export function useFieldPlots(groups: readonly Group[], view: TimelineView | null, buckets: number): FieldPlots {
  const api = useApi();
  const tracks = useTracks();
  const fields = useMemo(() => tracks.flatMap(({ id }) => fieldOfId(id) ?? []).slice(0, MAX_PLOTTED_FIELDS), [tracks]);
  const [plots, setPlots] = useState(NOTHING);
  const stopped = useReading((state) => state.stopped);
  const typesVersion = useHost((state) => state.typesVersion);
  const latest = useRef({ groups, view, buckets, fields });
  latest.current = { groups, view, buckets, fields };
  const poll = useRef<Poll | null>(null);
  /** Of each session, by what its slices came from. */
  const served = useRef(new Map<number, Asked>());

  useEffect(() => {
    const asking: Poll = new Poll(async () => {
      const { fields: wanted, view: shown, ...rest } = latest.current;
      if (wanted.length === 0 || !shown) return null;
      const answers = await Promise.all(
        rest.groups
          .filter(({ session }) => !isStopped(session))
          .map((group) => ask(api, group.session, askedFor(shown, group.offset, rest.buckets), wanted)),
      );
      if (asking.hasEnded) return null;
      for (const { session, asked } of answers) served.current.set(session, asked);
      setPlots((before) => merged(before, answers));
      return waitOf(answers);
    });
    poll.current = asking;
    asking.now();
    return () => asking.end();
  }, [api]);
  const { from, to } = view?.span ?? { from: 0, to: 0 };
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever of these changes, something else is wanted
  useEffect(() => poll.current?.now(), [groups, buckets, fields, stopped, typesVersion]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where something else is shown
  useEffect(() => {
    const isServed = ({ session, offset }: Group) => {
      const asked = served.current.get(session);
      return view !== null && asked !== undefined && serves(asked, view, offset, buckets);
    };
    if (!groups.every(isServed)) poll.current?.now();
  }, [from, to]);
  return plots;
}

interface Answer {
  readonly session: number;
  readonly asked: Asked;
  readonly slices: FieldSlices | null;
  readonly failure: Failure | null;
  readonly isComplete: boolean;
}

async function ask(api: Api, session: number, asked: Asked, fields: readonly PlottedField[]): Promise<Answer> {
  const answer = await api.fieldPlot({ session, ...asked, fields: [...fields] });
  if (!answer.ok) return { session, asked, slices: null, failure: answer.failure, isComplete: true };
  const { series, fromMono, width, progress } = answer.value;
  const records = useHost.getState().sessions.find(({ id }) => id === session)?.committed ?? 0;
  showReading(session, progress.complete ? null : progress.scanned / Math.max(1, records));
  const slices = new Map(
    fields.flatMap((field, i) => {
      const one = series[i];
      return one ? [[idOfField(field), { fromMono, width, series: one }] as const] : [];
    }),
  );
  return { session, asked, slices, failure: null, isComplete: progress.complete };
}

/** What was read of a session whose reading was stopped stays. */
function merged({ bySession }: FieldPlots, answers: readonly Answer[]): FieldPlots {
  const known = answers.flatMap(({ session, slices }) => (slices ? [[session, slices] as const] : []));
  const failure = answers.find((answer) => answer.failure)?.failure ?? null;
  return { bySession: new Map([...bySession, ...known]), failure };
}

/** At once while records are left to read, else as sessions grow. */
function waitOf(answers: readonly Answer[]): number | null {
  if (answers.some(({ isComplete }) => !isComplete)) return 0;
  const { sessions } = useHost.getState();
  const grows = answers.some(({ session }) => sessions.find(({ id }) => id === session)?.lasted === null);
  return grows ? EVERY : null;
}
