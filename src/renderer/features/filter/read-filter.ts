import { type Lifetime, type Resolved, resolveTimes } from '../../../shared/filter/local-times.ts';
import { hostNow } from '../../host/host-clock.ts';
import { useHost } from '../../host/host-store.ts';
import { catalogueOf } from './catalogue-of.ts';

/** When a session was recorded; never, for a session that doesn't exist. */
export function lifetimeOf(session: number): Lifetime {
  const found = useHost.getState().sessions.find(({ id }) => id === session);
  return found ? { from: found.openedAt, to: found.closedAt ?? hostNow().wall } : { from: 0, to: 0 };
}

/** A session's filter in the form that its host expects; or its mistake. Local times are those of this window. */
export const readFilter = (session: number, text: string): Resolved =>
  resolveTimes(text, lifetimeOf(session), catalogueOf(session));
