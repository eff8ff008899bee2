import { type RefObject, useCallback, useRef } from 'react';
import type { LogRow } from '../../../shared/log.ts';
import type { Mark } from '../../../shared/marks.ts';
import { useApi } from '../../host/api-context.ts';
import { notify, orNotify } from '../../host/notices-store.ts';
import { encodingOf } from '../../kit/encoding/channel-encodings.ts';
import type { SourceState } from '../../view/source-state.ts';
import { listingOf, setFold, setReference, useLogView, viewOf } from '../../view/view-store.ts';
import { type CopyForm, copyRows } from './copy-rows.ts';
import { openFind } from './find-store.ts';
import { jumpTo } from './jump.ts';
import { ROW_HEIGHT } from './LogGrid.tsx';
import type { LogActions } from './log-commands.ts';
import { neighbour, toggleMark } from './marks-store.ts';
import { type Anchor, changeFilter, relist } from './relist.ts';
import type { RowSource } from './row-source.ts';
import { keepUnfolded, toggleRun } from './runs.ts';
import type { useFinding } from './use-find.ts';

interface Pane {
  readonly session: number;
  readonly source: RowSource;
  readonly state: SourceState;
  readonly count: number;
  readonly marks: readonly Mark[];
  readonly finding: ReturnType<typeof useFinding>;
  /** px of the list above the view. */
  readonly top: RefObject<number>;
  readonly filterInput: RefObject<HTMLInputElement | null>;
  readonly note: (row: LogRow | null) => void;
  readonly goTo: () => void;
}

/**
 * The actions of a session's log. Those passed to the parts of the pane stay the same functions from render to render.
 */
export function useLogActions({ session, source, state, count, marks, finding, top, filterInput, note, goTo }: Pane) {
  const api = useApi();
  const { row, reference } = useLogView(session);
  const isReference = row !== null && row.seq === reference?.seq;

  const latest = useRef(state.reach);
  latest.current = state.reach;
  const reach = useCallback(() => latest.current, []);

  /** The selected row if it is in view, else the first one that is. */
  const anchor = useCallback((): Anchor | null => {
    const { position, row } = viewOf(session);
    const first = Math.ceil(top.current / ROW_HEIGHT);
    const isSeen = position !== null && position >= first && source.isLookedAt(position);
    const at = isSeen ? position : first;
    const seq = isSeen ? row?.seq : source.row(first)?.seq;
    return seq === undefined ? null : { seq, position: at, top: top.current };
  }, [session, source, top]);

  const apply = useCallback((filter: string) => void changeFilter(api, session, filter), [api, session]);
  const jump = useCallback((seq: number) => void jumpTo(api, session, seq), [api, session]);
  const setFolding = useCallback(
    (fold: boolean) => void relist(api, session, anchor(), () => setFold(session, fold)),
    [api, session, anchor],
  );
  const copy = useCallback(
    (form: CopyForm) => {
      const { picked, mode, held } = viewOf(session);
      const shown = { ...listingOf(session), ...(mode === 'pause' && { until: held }) };
      void orNotify("Couldn't copy", copyRows(api, shown, picked, form, encodingOf(session)));
    },
    [api, session],
  );
  const copyText = useCallback(() => copy('text'), [copy]);

  const walk = (direction: 1 | -1) => {
    const next = neighbour(marks, row?.seq ?? null, direction);
    if (next) jump(next.seq);
    else notify('No marks to go to', { code: 'invalid-argument', message: 'Ctrl+M marks the selected record.' });
  };
  const actions: LogActions = {
    session,
    reach,
    rows: () => count,
    isFinding: finding.isOpen,
    find: openFind,
    findNext: () => finding.go('next'),
    findPrevious: () => finding.go('previous'),
    goTo,
    mark: () => {
      if (row) keepUnfolded(session, row);
      if (row) void toggleMark(api, session, row);
    },
    editNote: () => {
      if (row) keepUnfolded(session, row);
      note(row);
    },
    nextMark: () => walk(1),
    previousMark: () => walk(-1),
    reference: () => (row || reference) && setReference(session, isReference ? null : row),
    writeFilter: () => filterInput.current?.select(),
    showEverything: () => apply(''),
    copy,
    toggleRun: () => toggleRun(session, reach()),
    setFolding,
  };
  return { actions, anchor, apply, jump, copyText, isReference };
}
