import { useEffect, useState, useSyncExternalStore } from 'react';
import { useApi } from '../shell/api-context.ts';
import { useSession } from '../shell/host-store.ts';
import { RowSource, type SourceState } from './row-source.ts';

/** The rows of a session under a filter, kept in step with what the host has committed. */
export function useRowSource(session: number, filter: string): { source: RowSource; state: SourceState } {
  const api = useApi();
  const make = () =>
    new RowSource(
      {
        fetch: (from, count) => api.rows({ session, filter, from, count }),
        cancel: () => void api.cancelSearch(session),
        frame: (step) => requestAnimationFrame(step),
        later: (step, ms) => setTimeout(step, ms),
        now: () => performance.now(),
      },
      filter,
    );
  const [held, setHeld] = useState(() => ({ filter, source: make() }));
  let { source } = held;
  if (held.filter !== filter) {
    source = make();
    setHeld({ filter, source });
  }
  const committed = useSession(session, (s) => s.committed) ?? 0;
  useEffect(() => source.committed(committed), [source, committed]);
  useEffect(() => {
    source.revive();
    return () => source.dispose();
  }, [source]);
  const state = useSyncExternalStore(source.subscribe, () => source.state);
  return { source, state };
}
