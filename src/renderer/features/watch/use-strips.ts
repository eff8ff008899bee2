import { useEffect, useState } from 'react';
import type { Api } from '../../../shared/api.ts';
import { isLive } from '../../../shared/session.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import { useApi } from '../../host/api-context.ts';
import { hostNow } from '../../host/host-clock.ts';
import { useHost } from '../../host/host-store.ts';

/** ms between two looks at all of them. */
const EVERY = 500;
/** px of a bar and the gap beside it. */
const BAR = 5;
const FEWEST_BUCKETS = 40;

/** What all strips show: the same time on the host's monotonic clock, in µs. */
export interface Strips {
  readonly from: number;
  readonly to: number;
  /** By session, each on its own time; see {@link onSession}. A session with nothing in this time has none. */
  readonly timelines: ReadonlyMap<number, Timeline>;
}

/** The time at a share of the strips' width, in µs on the same clock. */
export const momentAt = ({ from, to }: Pick<Strips, 'from' | 'to'>, share: number): number =>
  from + share * (to - from);

/**
 * Timelines of all `ids` for one and the same time, requested together repeatedly; null until first known. `width`: px
 * of a strip.
 */
export function useStrips(ids: readonly number[], span: number, heldAt: number | null, width: number): Strips | null {
  const api = useApi();
  const [strips, setStrips] = useState<Strips | null>(null);
  const wanted = ids.join();
  const buckets = Math.max(FEWEST_BUCKETS, Math.floor(width / BAR));

  useEffect(() => {
    let ended = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const to = heldAt ?? hostNow().mono;
      const window = { from: to - span, to };
      const sessions = wanted === '' ? [] : wanted.split(',').map(Number);
      const answers = await Promise.all(sessions.map((id) => timelineOf(api, id, window, buckets)));
      if (ended) return;
      setStrips({ ...window, timelines: new Map(answers.filter((answer) => answer !== null)) });
      timer = setTimeout(ask, EVERY);
    };
    void ask();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [api, wanted, span, heldAt, buckets]);
  return strips;
}

type Window = Pick<Strips, 'from' | 'to'>;

/** Bucket boundaries are the same each time, so that bars move and don't change as time goes on. */
async function timelineOf(
  api: Api,
  id: number,
  { from, to }: Window,
  buckets: number,
): Promise<readonly [number, Timeline] | null> {
  const session = useHost.getState().sessions.find((each) => each.id === id);
  if (!session || !isLive(session)) return null;
  const width = Math.ceil((to - from) / buckets);
  const first = Math.max(0, Math.floor((from - session.began) / width));
  const count = Math.ceil((to - session.began) / width) - first;
  if (count < 1) return null;
  const span = { fromMono: first * width, toMono: (first + Math.max(2, count)) * width };
  const answer = await api.timeline({ session: id, ...span, buckets: Math.max(2, count) });
  return answer.ok ? [id, answer.value] : null;
}
