import { useEffect, useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Api } from '../../../shared/api.ts';
import { isLive, type SessionSnapshot } from '../../../shared/session.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import { useApi } from '../../host/api-context.ts';
import { hostNow } from '../../host/host-clock.ts';
import { useHost } from '../../host/host-store.ts';
import { type Asked, askedFor, serves } from './grid.ts';
import type { Group } from './groups.ts';
import { Poll } from './poll.ts';
import type { Span } from './range.ts';
import { shownOf, useShownSpan } from './timeline-store.ts';

/** ms between two requests while a session grows. */
const EVERY = 500;
/** The shortest timeline that is drawn, in µs: a session that has just started would be one bar. */
const SHORTEST = 10_000_000;
export interface TimelineView {
  /** What is shown, in µs since the timeline's own session began. */
  readonly span: Span;
  /** All sessions from their beginning to now, or to their end, on the same time. */
  readonly whole: Span;
  /** By session, each on its own time. */
  readonly timelines: ReadonlyMap<number, Timeline>;
}

interface Fetched extends Pick<TimelineView, 'whole' | 'timelines'> {
  readonly of: readonly Group[];
  /** Of each group. */
  readonly asked: readonly Asked[];
}

/** The timelines of `groups`, fetched again as they grow; null until known. `buckets`: of the shown span. */
export function useTimelines(groups: readonly Group[], buckets: number, replies: boolean): TimelineView | null {
  const api = useApi();
  const session = groups[0]?.session ?? 0;
  const shown = useShownSpan(session);
  const [fetched, setFetched] = useState<Fetched | null>(null);
  // A closed session is only requested again when more of it is committed.
  const ends = useHost(
    useShallow(({ sessions }) =>
      groups.map((group) => {
        const one = sessions.find(({ id }) => id === group.session);
        return one && one.lasted !== null ? one.committed : -1;
      }),
    ),
  );
  const latest = useRef({ groups, shown, buckets, replies });
  latest.current = { groups, shown, buckets, replies };
  const poll = useRef<Poll | null>(null);

  useEffect(() => {
    const asking: Poll = new Poll(async () => {
      const wanted = latest.current;
      const sessions = sessionsOf(wanted.groups);
      if (wanted.buckets < 2 || sessions.length === 0) return null;
      const whole = wholeOf(sessions);
      const span = shownOf(wanted.shown, whole);
      const asked = wanted.groups.map(({ offset }) => askedFor({ span, whole }, offset, wanted.buckets));
      const answers = await Promise.all(
        wanted.groups.map(({ session: id }, i) => ask(api, id, asked[i] as Asked, wanted.replies)),
      );
      const timelines = new Map(answers.filter((answer) => answer !== null));
      if (!asking.hasEnded && timelines.size > 0) setFetched({ whole, timelines, of: wanted.groups, asked });
      return sessions.some(([one]) => one.lasted === null) ? EVERY : null;
    });
    poll.current = asking;
    asking.now();
    return () => asking.end();
  }, [api]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever of these changes, something else is wanted
  useEffect(() => poll.current?.now(), [groups, buckets, replies, ends]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was fetched is looked at, and does not cause it
  useEffect(() => {
    const isServed = ({ whole, of, asked }: Fetched) =>
      of.every(({ offset }, i) => serves(asked[i] as Asked, { span: shownOf(shown, whole), whole }, offset, buckets));
    if (!fetched || !isServed(fetched)) poll.current?.now();
  }, [shown]);

  if (!fetched || fetched.of[0]?.session !== session) return null;
  const { whole, timelines } = fetched;
  return { span: shownOf(shown, whole), whole, timelines };
}

type Placed = readonly [SessionSnapshot, Group];

function sessionsOf(groups: readonly Group[]): readonly Placed[] {
  const { sessions } = useHost.getState();
  return groups.flatMap((group): Placed[] => {
    const session = sessions.find(({ id }) => id === group.session);
    return session ? [[session, group]] : [];
  });
}

/** The last record may be at the very end. */
function wholeOf(sessions: readonly Placed[]): Span {
  const now = hostNow();
  const lengthOf = (one: SessionSnapshot) => (one.lasted ?? now.mono - (isLive(one) ? one.began : 0)) + 1;
  const from = Math.min(...sessions.map(([, { offset }]) => offset));
  const to = Math.max(...sessions.map(([one, { offset }]) => offset + lengthOf(one)));
  return { from, to: Math.max(from + SHORTEST, to) };
}

async function ask(
  api: Api,
  session: number,
  asked: Asked,
  replies: boolean,
): Promise<readonly [number, Timeline] | null> {
  const answer = await api.timeline({ session, ...asked, replies });
  return answer.ok ? [session, answer.value] : null;
}
