import { useEffect, useState } from 'react';
import type { Timeline } from '../../../shared/timeline.ts';
import { useApi } from '../../host/api-context.ts';
import { hostNow } from '../../host/host-clock.ts';
import { useLive, useSession } from '../../host/host-store.ts';
import type { Span } from './range.ts';

/** ms between two questions while the session grows. */
const EVERY = 500;
/** The shortest timeline that is drawn, µs: a session that has just started would be one bar. */
const SHORTEST = 10_000_000;

export interface TimelineView {
  readonly timeline: Timeline;
  /** What was requested. */
  readonly span: Span;
  /** The session from its beginning to now, or to its end. */
  readonly whole: Span;
}

/**
 * The timeline of `span` (null: all of the session) in `buckets` buckets, fetched again as the session grows; null
 * until it is known.
 */
export function useTimeline(session: number, span: Span | null, buckets: number): TimelineView | null {
  const api = useApi();
  const [view, setView] = useState<TimelineView | null>(null);
  const life = useSession(session, (s) => ({ lasted: s.lasted, committed: s.committed }));
  const open = life !== undefined && life.lasted === null;
  const committed = open ? undefined : life?.committed;
  const began = useLive(session, (s) => s.began) ?? 0;
  const lasted = life?.lasted ?? null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a closed session is asked again only when more of it is committed
  useEffect(() => {
    if (buckets < 2) return;
    let ended = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      // The last record may be of the very end.
      const length = (lasted ?? hostNow().mono - began) + 1;
      const whole = { from: 0, to: Math.max(SHORTEST, length) };
      const wanted = span ?? whole;
      const answer = await api.timeline({ session, fromMono: wanted.from, toMono: wanted.to, buckets });
      if (ended) return;
      if (answer.ok) setView({ timeline: answer.value, span: wanted, whole });
      if (open) timer = setTimeout(ask, EVERY);
    };
    void ask();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [api, session, span, buckets, open, committed, began, lasted]);
  return view;
}
