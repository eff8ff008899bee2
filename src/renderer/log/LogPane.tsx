import { Button } from '@fluentui/react-components';
import { useEffect } from 'react';
import type { RowFilter } from '../../shared/log.ts';
import { useApi } from '../shell/api-context.ts';
import { FailureMessage } from '../shell/FailureMessage.tsx';
import { useSession } from '../shell/host-store.ts';
import { LogEmpty } from './LogEmpty.tsx';
import { LogGrid, ROW_HEIGHT } from './LogGrid.tsx';
import { LogToolbar } from './LogToolbar.tsx';
import { locate } from './locate.ts';
import { useRowSource } from './use-row-source.ts';
import { placed, setFilter, setMark, useLogView, viewOf } from './view-store.ts';
import './log.css';

export function LogPane({ session }: { session: number }) {
  const api = useApi();
  const snapshot = useSession(session);
  const view = useLogView(session);
  const { source, state } = useRowSource(session, view.filter);

  const { mode, mark } = view;
  useEffect(() => {
    if (mode !== 'follow' && mark === null && state.loaded) setMark(session, state.total);
  }, [mode, mark, state.loaded, state.total, session]);

  const reach = mode === 'follow' ? state.end : state.total;
  const count = mode === 'pause' && mark !== null ? Math.min(mark, reach) : reach;
  const fresh = mode === 'follow' || mark === null ? 0 : Math.max(0, state.total - mark);

  const applyFilter = async (filter: RowFilter) => {
    const anchor = view.row?.seq;
    setFilter(session, filter);
    if (anchor === undefined) return;
    const place = await locate((from, rows) => api.rows({ session, filter, from, count: rows }), anchor);
    if (!place || viewOf(session).filter !== filter) return;
    const position = place.exact ? place.position : null;
    placed(session, Math.max(0, (place.position - 3) * ROW_HEIGHT), position);
  };

  return (
    <section className="log" aria-label="Log of the session">
      <LogToolbar
        session={session}
        total={state.total}
        records={snapshot?.committed ?? 0}
        count={count}
        fresh={fresh}
        applyFilter={applyFilter}
      />
      {state.failure && (
        <FailureMessage title="The log could not be read" failure={state.failure}>
          <Button size="small" onClick={() => source.retry()}>
            Try again
          </Button>
        </FailureMessage>
      )}
      <LogGrid session={session} source={source} count={count} capacity={snapshot?.capacity ?? 0} />
      {state.loaded && count === 0 && <LogEmpty session={session} />}
    </section>
  );
}
