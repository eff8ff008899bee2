import { Button } from '@fluentui/react-components';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { FailureCode } from '../../../shared/failure.ts';
import type { LogRow } from '../../../shared/log.ts';
import { useApi } from '../../host/api-context.ts';
import { useChannel, useHost } from '../../host/host-store.ts';
import { useRegistered } from '../../kit/commands/registry.ts';
import { useEncoding } from '../../kit/encoding/channel-encodings.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { listingOf, setDraft, setMark, useLogView } from '../../view/view-store.ts';
import { exportSession } from '../exports/export-store.ts';
import { useFilterLanguage } from '../filter/catalogue-of.ts';
import { FilterLine } from '../filter/FilterLine.tsx';
import { FilterMenu } from '../filter/FilterMenu.tsx';
import { rememberFilter } from '../filter/filter-store.ts';
import { readFilter } from '../filter/read-filter.ts';
import { replaySession } from '../replay/replay-store.ts';
import { ruleFromSelection } from '../responder/responder-store.ts';
import { saveAsScenario } from '../save-scenario/save-scenario.ts';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { FindBar } from './FindBar.tsx';
import { GoToDialog } from './GoToDialog.tsx';
import { jumpToPlace } from './jump.ts';
import { LogEmpty } from './LogEmpty.tsx';
import { LogGrid } from './LogGrid.tsx';
import { Chips, LogCount, ModeButtons, TimeMenu } from './LogToolbar.tsx';
import { logCommands } from './log-commands.ts';
import { MarksMenu } from './MarksMenu.tsx';
import { useMarks } from './marks-store.ts';
import { NoteDialog } from './NoteDialog.tsx';
import { pickedRecords } from './picked-records.ts';
import { type MenuPlace, RowMenu } from './RowMenu.tsx';
import { relist } from './relist.ts';
import { SearchProgress } from './SearchProgress.tsx';
import { useFinding } from './use-find.ts';
import { useLogActions } from './use-log-actions.ts';
import { useRowSource } from './use-row-source.ts';
import './log.css';

const TITLES: Partial<Record<FailureCode, string>> = { 'filter-too-slow': 'The filter is too slow' };

export function LogPane({ session }: { session: number }) {
  const api = useApi();
  const capacity = useChannel(session, (s) => s.capacity) ?? 0;
  // With other types a filter by fields finds other records.
  const rowsVersion = useHost((state) => `${state.rowsVersion} ${state.typesVersion}`);
  const view = useLogView(session);
  const encoding = useEncoding(session);
  const { source, state } = useRowSource(session, view);
  const marks = useMarks(session);
  const finding = useFinding(session);
  const grid = useRef<HTMLDivElement>(null);
  const filterInput = useRef<HTMLInputElement>(null);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const [noted, setNoted] = useState<LogRow | null>(null);
  const [going, setGoing] = useState(false);
  const top = useRef(0);

  const { mode, mark } = view;
  useEffect(() => {
    if (mode !== 'follow' && mark === null && state.loaded) setMark(session, state.reach);
  }, [mode, mark, state.loaded, state.reach, session]);

  const count = mode === 'follow' ? state.end : state.total;
  const fresh = mode === 'follow' || mark === null ? 0 : Math.max(0, state.found - mark.found);
  const { row } = view;
  const { actions, anchor, apply, jump, copyText, isReference } = useLogActions({
    ...{ session, source, state, count, marks, finding, top, filterInput },
    note: setNoted,
    goTo: () => setGoing(true),
  });
  useRegistered(logCommands(actions));

  const shownRows = useRef(rowsVersion);
  useEffect(() => {
    if (shownRows.current !== rowsVersion) {
      // A mark interrupts a run, and without it there is one row less.
      void relist(api, session, anchor());
      source.refresh();
    }
    shownRows.current = rowsVersion;
  }, [api, session, rowsVersion, source, anchor]);

  const language = useFilterLanguage(session);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with other types a filter may have a mistake, or none
  const read = useCallback((filter: string) => readFilter(session, filter), [session, language]);
  const setText = useCallback((text: string) => setDraft(session, text), [session]);
  const focusGrid = useCallback(() => grid.current?.focus(), []);

  return (
    <section className="log" data-pane="log" aria-label="Log of the session">
      <div className="log-toolbar" role="toolbar" aria-label="Log">
        <div className="log-tools filter-tools">
          <FilterLine
            input={filterInput}
            language={language}
            text={view.draft}
            applied={view.filter}
            setText={setText}
            apply={apply}
            read={read}
          />
          <SearchProgress source={source} state={state} />
          <FilterMenu applied={view.filter} apply={apply} />
        </div>
        <Chips session={session} apply={apply} />
        <div className="log-tools view-tools">
          <LogCount session={session} found={state.found} fresh={fresh} />
          <ModeButtons session={session} reach={actions.reach} />
          <TimeMenu session={session} />
          <MarksMenu marks={marks} jump={jump} />
          <ColumnsMenu session={session} fold={view.fold} setFold={actions.setFolding} />
        </div>
      </div>
      {state.failure && (
        <FailureMessage title={TITLES[state.failure.code] ?? "Couldn't read the log"} failure={state.failure}>
          <Button size="small" onClick={() => source.retry()}>
            Try again
          </Button>
        </FailureMessage>
      )}
      <div className="log-body">
        <LogGrid
          session={session}
          source={source}
          count={count}
          capacity={capacity}
          grid={grid}
          needle={finding.needle}
          openMenu={setMenu}
          copy={copyText}
          reach={actions.reach}
          viewTop={top}
        />
        {finding.isOpen && <FindBar state={finding.state} go={finding.go} leave={focusGrid} />}
        {state.loaded && state.total === 0 && <LogEmpty session={session} />}
      </div>
      {menu && row && (
        <RowMenu
          session={session}
          place={menu}
          row={row}
          encoding={encoding}
          picked={view.picked}
          filter={view.filter}
          isReference={isReference}
          apply={(filter) => {
            rememberFilter(filter);
            apply(filter);
          }}
          copy={actions.copy}
          exportRows={() => exportSession(session, 'selection')}
          replayRows={() => replaySession(session, true)}
          makeRule={() => void ruleFromSelection(api, session)}
          saveScenario={() => void saveAsScenario(api, session, pickedRecords(api, listingOf(session), view.picked))}
          toggleFold={actions.toggleRun}
          toggleMark={actions.mark}
          editNote={actions.editNote}
          setReference={actions.reference}
          close={() => {
            setMenu(null);
            focusGrid();
          }}
        />
      )}
      {noted && <NoteDialog session={session} row={noted} close={() => setNoted(null)} />}
      {going && (
        <GoToDialog session={session} go={(at) => void jumpToPlace(api, session, at)} close={() => setGoing(false)} />
      )}
    </section>
  );
}
