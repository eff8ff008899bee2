import { Button } from '@fluentui/react-components';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { FailureCode } from '../../../shared/failure.ts';
import type { LogRow } from '../../../shared/log.ts';
import { useApi } from '../../host/api-context.ts';
import { useHost, useLive } from '../../host/host-store.ts';
import { notify, orNotify } from '../../host/notices-store.ts';
import { useRegistered } from '../../kit/commands/registry.ts';
import { encodingOf, useEncoding } from '../../kit/encoding/channel-encodings.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { listingOf, setDraft, setFold, setMark, setReference, useLogView, viewOf } from '../../view/view-store.ts';
import { exportSession } from '../exports/export-store.ts';
import { FilterLine } from '../filter/FilterLine.tsx';
import { FilterMenu } from '../filter/FilterMenu.tsx';
import { rememberFilter } from '../filter/filter-store.ts';
import { readFilter } from '../filter/read-filter.ts';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { type CopyForm, copyRows } from './copy-rows.ts';
import { FindBar } from './FindBar.tsx';
import { openFind } from './find-store.ts';
import { GoToDialog } from './GoToDialog.tsx';
import { jumpTo, jumpToPlace } from './jump.ts';
import { LogEmpty } from './LogEmpty.tsx';
import { LogGrid, ROW_HEIGHT } from './LogGrid.tsx';
import { Chips, LogCount, ModeButtons, TimeMenu } from './LogToolbar.tsx';
import { logCommands } from './log-commands.ts';
import { MarksMenu } from './MarksMenu.tsx';
import { neighbour, toggleMark, useMarks } from './marks-store.ts';
import { NoteDialog } from './NoteDialog.tsx';
import { type MenuPlace, RowMenu } from './RowMenu.tsx';
import { type Anchor, changeFilter, relist } from './relist.ts';
import { keepUnfolded, toggleRun } from './runs.ts';
import { SearchProgress } from './SearchProgress.tsx';
import { useFinding } from './use-find.ts';
import { useRowSource } from './use-row-source.ts';
import './log.css';

const TITLES: Partial<Record<FailureCode, string>> = { 'filter-too-slow': 'The filter is too slow' };

export function LogPane({ session }: { session: number }) {
  const api = useApi();
  const capacity = useLive(session, (s) => s.capacity) ?? 0;
  const rowsVersion = useHost((state) => state.rowsVersion);
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

  /** The selected row where it is in view, else the first one that is. */
  const anchor = useCallback((): Anchor | null => {
    const { position, row } = viewOf(session);
    const first = Math.ceil(top.current / ROW_HEIGHT);
    const isSeen = position !== null && position >= first && source.isLookedAt(position);
    const at = isSeen ? position : first;
    const seq = isSeen ? row?.seq : source.row(first)?.seq;
    return seq === undefined ? null : { seq, position: at, top: top.current };
  }, [session, source]);

  const shownRows = useRef(rowsVersion);
  useEffect(() => {
    if (shownRows.current !== rowsVersion) {
      // A mark interrupts a run, and without it there is one row less.
      void relist(api, session, anchor());
      source.refresh();
    }
    shownRows.current = rowsVersion;
  }, [api, session, rowsVersion, source, anchor]);

  const count = mode === 'follow' ? state.end : state.total;
  const fresh = mode === 'follow' || mark === null ? 0 : Math.max(0, state.found - mark.found);

  const reach = useRef(state.reach);
  reach.current = state.reach;
  const getReach = useCallback(() => reach.current, []);
  const applyFilter = useCallback((filter: string) => void changeFilter(api, session, filter), [api, session]);
  const read = useCallback((filter: string) => readFilter(session, filter), [session]);
  const setText = useCallback((text: string) => setDraft(session, text), [session]);
  const jump = useCallback((seq: number) => void jumpTo(api, session, seq), [api, session]);
  const focusGrid = useCallback(() => grid.current?.focus(), []);
  const copy = useCallback(
    async (form: CopyForm) => {
      const { picked, mode, held } = viewOf(session);
      const shown = { ...listingOf(session), ...(mode === 'pause' && { until: held }) };
      await orNotify("Couldn't copy", copyRows(api, shown, picked, form, encodingOf(session)));
    },
    [api, session],
  );
  const copyText = useCallback(() => void copy('text'), [copy]);

  const setFolding = useCallback(
    (fold: boolean) => void relist(api, session, anchor(), () => setFold(session, fold)),
    [api, session, anchor],
  );

  const { row } = view;
  const isReference = row !== null && row.seq === view.reference?.seq;
  const actions = {
    session,
    reach: getReach,
    rows: () => count,
    isFinding: finding.isOpen,
    find: openFind,
    findNext: () => finding.go('next'),
    findPrevious: () => finding.go('previous'),
    goTo: () => setGoing(true),
    mark: () => {
      if (row) keepUnfolded(session, row);
      if (row) void toggleMark(api, session, row);
    },
    editNote: () => {
      if (row) keepUnfolded(session, row);
      setNoted(row);
    },
    nextMark: () => walk(1),
    previousMark: () => walk(-1),
    reference: () => (row || view.reference) && setReference(session, isReference ? null : row),
    writeFilter: () => filterInput.current?.select(),
    showEverything: () => applyFilter(''),
    copy: (form: CopyForm) => void copy(form),
    toggleRun: () => toggleRun(session, getReach()),
    setFolding,
  };
  const walk = (direction: 1 | -1) => {
    const next = neighbour(marks, row?.seq ?? null, direction);
    if (next) jump(next.seq);
    else notify('No marks to go to', { code: 'invalid-argument', message: 'Ctrl+M marks the selected record.' });
  };
  useRegistered(logCommands(actions));

  return (
    <section className="log" aria-label="Log of the session">
      <div className="log-toolbar" role="toolbar" aria-label="Log">
        <div className="log-tools filter-tools">
          <FilterLine
            input={filterInput}
            text={view.draft}
            applied={view.filter}
            setText={setText}
            apply={applyFilter}
            read={read}
          />
          <SearchProgress source={source} state={state} />
          <FilterMenu applied={view.filter} apply={applyFilter} />
        </div>
        <Chips session={session} apply={applyFilter} />
        <div className="log-tools view-tools">
          <LogCount session={session} found={state.found} fresh={fresh} />
          <ModeButtons session={session} reach={getReach} />
          <TimeMenu session={session} />
          <MarksMenu marks={marks} jump={jump} />
          <ColumnsMenu fold={view.fold} setFold={setFolding} />
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
          reach={getReach}
          viewTop={top}
        />
        {finding.isOpen && <FindBar state={finding.state} go={finding.go} leave={focusGrid} />}
        {state.loaded && state.total === 0 && <LogEmpty session={session} />}
      </div>
      {menu && row && (
        <RowMenu
          place={menu}
          row={row}
          encoding={encoding}
          picked={view.picked}
          filter={view.filter}
          isReference={isReference}
          apply={(filter) => {
            rememberFilter(filter);
            applyFilter(filter);
          }}
          copy={actions.copy}
          exportRows={() => exportSession(session, 'selection')}
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
