import { Button } from '@fluentui/react-components';
import { useCallback, useEffect, useRef } from 'react';
import type { Api } from '../../shared/api.ts';
import type { RowFilter } from '../../shared/log.ts';
import { useApi } from '../shell/api-context.ts';
import { FailureMessage } from '../shell/FailureMessage.tsx';
import { useSession } from '../shell/host-store.ts';
import { LogEmpty } from './LogEmpty.tsx';
import { LogGrid, ROW_HEIGHT } from './LogGrid.tsx';
import { FilterBar, LogCount, ModeButtons, TimeMenu } from './LogToolbar.tsx';
import { locate } from './locate.ts';
import { useRowSource } from './use-row-source.ts';
import { placed, setFilter, setMark, useLogView, viewOf } from './view-store.ts';
import './log.css';

export function LogPane({ session }: { session: number }) {
  const api = useApi();
  const capacity = useSession(session, (s) => s.capacity) ?? 0;
  const view = useLogView(session);
  const { source, state } = useRowSource(session, view.filter);

  const { mode, mark } = view;
  useEffect(() => {
    if (mode !== 'follow' && mark === null && state.loaded) setMark(session, state.total);
  }, [mode, mark, state.loaded, state.total, session]);

  const reach = mode === 'follow' ? state.end : state.total;
  const count = mode === 'pause' && mark !== null ? Math.min(mark, reach) : reach;
  const fresh = mode === 'follow' || mark === null ? 0 : Math.max(0, state.total - mark);

  const end = useRef(count);
  end.current = count;
  const getReach = useCallback(() => end.current, []);
  const applyFilter = useCallback((filter: RowFilter) => void changeFilter(api, session, filter), [api, session]);

  return (
    <section className="log" aria-label="Log of the session">
      <div className="log-toolbar" role="toolbar" aria-label="Log">
        <FilterBar session={session} apply={applyFilter} />
        <span className="toolbar-space" />
        <LogCount session={session} total={state.total} fresh={fresh} />
        <ModeButtons session={session} reach={getReach} />
        <TimeMenu />
      </div>
      {state.failure && (
        <FailureMessage title="The log could not be read" failure={state.failure}>
          <Button size="small" onClick={() => source.retry()}>
            Try again
          </Button>
        </FailureMessage>
      )}
      <LogGrid session={session} source={source} count={count} capacity={capacity} />
      {state.loaded && count === 0 && <LogEmpty session={session} />}
    </section>
  );
}

/** Changes the filter and, where a row is selected, keeps the view at its place. */
async function changeFilter(api: Api, session: number, filter: RowFilter): Promise<void> {
  const anchor = viewOf(session).row?.seq;
  setFilter(session, filter);
  if (anchor === undefined) return;
  const place = await locate((from, count) => api.rows({ session, filter, from, count }), anchor);
  if (!place || viewOf(session).filter !== filter) return;
  placed(session, Math.max(0, (place.position - 3) * ROW_HEIGHT), place.exact ? place.position : null);
}
