import { Button } from '@fluentui/react-components';
import { useCallback, useEffect, useRef } from 'react';
import type { FailureCode } from '../../shared/failure.ts';
import { FilterLine } from '../filter/FilterLine.tsx';
import { FilterMenu } from '../filter/FilterMenu.tsx';
import { useApi } from '../shell/api-context.ts';
import { FailureMessage } from '../shell/FailureMessage.tsx';
import { useSession } from '../shell/host-store.ts';
import { changeFilter } from './change-filter.ts';
import { LogEmpty } from './LogEmpty.tsx';
import { LogGrid } from './LogGrid.tsx';
import { Chips, LogCount, ModeButtons, TimeMenu } from './LogToolbar.tsx';
import { SearchProgress } from './SearchProgress.tsx';
import { useRowSource } from './use-row-source.ts';
import { setDraft, setMark, useLogView } from './view-store.ts';
import './log.css';

const TITLES: Partial<Record<FailureCode, string>> = { 'filter-too-slow': 'The filter is too slow' };

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
  const applyFilter = useCallback((filter: string) => void changeFilter(api, session, filter), [api, session]);

  const setText = useCallback((text: string) => setDraft(session, text), [session]);
  const filterInput = useRef<HTMLInputElement>(null);

  return (
    <section className="log" aria-label="Log of the session">
      <div className="log-toolbar" role="toolbar" aria-label="Log">
        <div className="log-tools">
          <FilterLine
            input={filterInput}
            text={view.draft}
            applied={view.filter}
            setText={setText}
            apply={applyFilter}
          />
          <SearchProgress source={source} state={state} />
          <FilterMenu applied={view.filter} apply={applyFilter} />
        </div>
        <div className="log-tools">
          <Chips session={session} apply={applyFilter} />
          <span className="toolbar-space" />
          <LogCount session={session} total={state.total} fresh={fresh} />
          <ModeButtons session={session} reach={getReach} />
          <TimeMenu />
        </div>
      </div>
      {state.failure && (
        <FailureMessage title={TITLES[state.failure.code] ?? 'The log could not be read'} failure={state.failure}>
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
