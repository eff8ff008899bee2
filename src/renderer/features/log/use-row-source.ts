import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Listing } from '../../../shared/log.ts';
import { useApi } from '../../host/api-context.ts';
import { useSession } from '../../host/host-store.ts';
import { useEncoding } from '../../kit/encoding/channel-encodings.ts';
import type { SourceState } from '../../view/source-state.ts';
import { type LogView, listing } from '../../view/view-store.ts';
import { RowSource } from './row-source.ts';

/** The rows of a session's log as its view shows them, kept in step with what the host has committed. */
export function useRowSource(session: number, view: LogView): { source: RowSource; state: SourceState } {
  const api = useApi();
  const make = (wanted: Listing) =>
    new RowSource(
      {
        fetch: (from, count, until) => api.rows({ ...wanted, from, count, ...(until !== undefined && { until }) }),
        cancel: () => void api.cancelSearch(session),
        frame: (step) => requestAnimationFrame(step),
        later: (step, ms) => setTimeout(step, ms),
        now: () => performance.now(),
      },
      { isUnfiltered: wanted.filter.trim() === '', isFolded: wanted.fold !== undefined },
    );
  // The encoding in which the listing is read.
  useEncoding(session);
  const wanted = listing(session, view);
  const key = JSON.stringify(wanted);
  const [held, setHeld] = useState(() => ({ key, wanted, source: make(wanted) }));
  let { source } = held;
  if (held.key !== key) {
    source = make(wanted);
    if (isUnfolding(held.wanted, wanted)) source.begin(held.source, view.kept);
    setHeld({ key, wanted, source });
  }
  const committed = useSession(session, (s) => s.committed) ?? 0;
  const until = view.mode === 'pause' ? view.held : undefined;
  useEffect(() => source.limit(until), [source, until]);
  useEffect(() => source.committed(committed), [source, committed]);
  useEffect(() => {
    source.revive();
    return () => source.dispose();
  }, [source]);
  const state = useSyncExternalStore(source.subscribe, () => source.state);
  return { source, state };
}

/** The two differ only in what is expanded. */
const isUnfolding = (a: Listing, b: Listing): boolean =>
  a.filter === b.filter && a.fold !== undefined && b.fold !== undefined;
