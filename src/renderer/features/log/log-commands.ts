import { type Command, inGroup } from '../../kit/commands/registry.ts';
import { TIME_MODES, TIME_WORDS } from '../../kit/format/time.ts';
import type { Reach } from '../../view/source-state.ts';
import { followEnd, selectAll, setTimeMode, togglePause, viewOf } from '../../view/view-store.ts';
import { exportSession } from '../exports/export-store.ts';
import { COPY_FORMS, COPY_WORDS, type CopyForm } from './copy-rows.ts';

export interface LogActions {
  readonly session: number;
  /** How far the log is shown at this moment. */
  readonly reach: () => Reach;
  /** Rows of the log as it is shown. */
  readonly rows: () => number;
  readonly isFinding: boolean;
  readonly find: () => void;
  readonly findNext: () => void;
  readonly findPrevious: () => void;
  readonly goTo: () => void;
  readonly mark: () => void;
  readonly editNote: () => void;
  readonly nextMark: () => void;
  readonly previousMark: () => void;
  readonly reference: () => void;
  readonly writeFilter: () => void;
  readonly showEverything: () => void;
  readonly copy: (form: CopyForm) => void;
  readonly toggleRun: () => void;
  readonly setFolding: (fold: boolean) => void;
}

/** The commands of a session's log, wherever the focus is. */
export function logCommands(actions: LogActions): readonly Command[] {
  const { session } = actions;
  const hasRow = () => viewOf(session).row !== null;
  const hasRows = () => viewOf(session).picked.length > 0;
  return inGroup('Log', [
    { id: 'filter', title: 'Edit filter', keys: 'Ctrl+L', run: actions.writeFilter },
    {
      ...{ id: 'everything', title: 'Clear filter', keys: 'Ctrl+Shift+L' },
      run: actions.showEverything,
      when: () => viewOf(session).filter !== '',
    },
    { id: 'find', title: 'Find in the log', keys: 'Ctrl+F', run: actions.find },
    { id: 'hit', title: 'Next match', keys: 'F3', run: actions.findNext, when: () => actions.isFinding },
    {
      id: 'hit-before',
      title: 'Previous match',
      keys: 'Shift+F3',
      run: actions.findPrevious,
      when: () => actions.isFinding,
    },
    { id: 'go-to', title: 'Go to record or time…', keys: 'Ctrl+G', run: actions.goTo },
    { id: 'follow', title: 'Follow new records', keys: 'End', local: true, run: () => followEnd(session) },
    {
      ...{ id: 'pause', title: 'Pause view', keys: 'Space', local: true },
      run: () => togglePause(session, actions.reach()),
    },
    {
      ...{ id: 'select-all', title: 'Select all rows', keys: 'Ctrl+A', local: true },
      run: () => selectAll(session, actions.rows()),
    },
    { id: 'select-more', title: 'Select more rows', keys: 'Shift+Down', local: true },
    { id: 'row-menu', title: 'Show row menu', keys: 'Shift+F10', local: true },
    {
      ...{ id: 'unfold', title: 'Unfold selected row', keys: 'Right', local: true },
      run: actions.toggleRun,
      when: () => viewOf(session).row?.run?.until != null,
    },
    {
      ...{ id: 'fold', title: 'Fold selected timeouts or anomalies', keys: 'Left', local: true },
      run: actions.toggleRun,
      when: () => viewOf(session).row?.run?.until === null,
    },
    {
      ...{ id: 'fold-runs', title: 'Toggle folding of timeouts and repeated anomalies' },
      run: () => actions.setFolding(!viewOf(session).fold),
    },
    ...COPY_FORMS.map((form) => ({
      ...{ id: `copy-${form}`, title: `Copy selected rows as ${COPY_WORDS[form]}` },
      ...(form === 'text' && { keys: 'Ctrl+C', local: true as const }),
      run: () => actions.copy(form),
      when: hasRows,
    })),
    {
      ...{ id: 'export-rows', title: 'Export selected rows…', keys: 'Ctrl+Shift+S' },
      run: () => exportSession(session, 'selection'),
      when: hasRows,
    },
    { id: 'mark', title: 'Toggle mark', keys: 'Ctrl+M', run: actions.mark, when: hasRow },
    { id: 'note', title: 'Label and note…', keys: 'Ctrl+Shift+M', run: actions.editNote, when: hasRow },
    { id: 'next-mark', title: 'Next mark', keys: 'F2', run: actions.nextMark },
    { id: 'mark-before', title: 'Previous mark', keys: 'Shift+F2', run: actions.previousMark },
    { id: 'reference', title: 'Use as time reference', keys: 'Ctrl+T', run: actions.reference },
    ...TIME_MODES.map((mode) => ({
      ...{ id: `time-${mode}`, title: `Times: ${TIME_WORDS[mode]}`, run: () => setTimeMode(mode) },
      when: () => mode !== 'marked' || viewOf(session).reference !== null,
    })),
  ]);
}
