import { type Lifetime, type Resolved, resolveTimes } from '../../../shared/filter/local-times.ts';
import { hostNow } from '../../host/host-clock.ts';
import { useHost } from '../../host/host-store.ts';
import { catalogueOf } from './catalogue-of.ts';

/** When a session was recorded; a session that is not there was at no time. */
export function lifetimeOf(session: number): Lifetime {
  const found = useHost.getState().sessions.find(({ id }) => id === session);
  return found ? { from: found.openedAt, to: found.closedAt ?? hostNow().wall } : { from: 0, to: 0 };
}

/**
 * A filter that is written for a session, as its host is asked; or its mistake. Local times are those of this window.
 */
export const readFilter = (session: number, text: string): Resolved =>
  resolveTimes(text, lifetimeOf(session), catalogueOf(session));
