import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { isLive, type SessionSnapshot } from '../../../shared/session.ts';
import { useHost } from '../../host/host-store.ts';
import { useBeneath } from './timeline-store.ts';

/** A session in a timeline. */
export interface Group {
  readonly session: number;
  /** µs from the beginning of the timeline's own session to that of this one. */
  readonly offset: number;
}

/** By the monotonic clock if both are of this run, else by the wall clock. */
const offsetBetween = (own: SessionSnapshot, other: SessionSnapshot): number =>
  isLive(own) && isLive(other) ? other.began - own.began : other.openedAt - own.openedAt;

/** A session and those shown beneath it. */
export function useGroups(session: number): readonly Group[] {
  const beneath = useBeneath(session);
  const flat = useHost(
    useShallow(({ sessions }) => {
      const own = sessions.find(({ id }) => id === session);
      const others = beneath.flatMap((id) => sessions.find((each) => each.id === id && id !== session) ?? []);
      return own ? others.flatMap((other) => [other.id, offsetBetween(own, other)]) : [];
    }),
  );
  return useMemo(() => {
    const others = flat.flatMap((id, i) => (i % 2 === 0 ? [{ session: id, offset: flat[i + 1] ?? 0 }] : []));
    return [{ session, offset: 0 }, ...others];
  }, [session, flat]);
}
