import type { Api } from '../../shared/api.ts';
import { exportSession } from '../features/exports/export-store.ts';
import { chooseImport } from '../features/exports/import.ts';
import { newSession } from '../features/new-session/store.ts';
import { useHost } from '../host/host-store.ts';
import { dismissNewest, useNotices } from '../host/notices-store.ts';
import type { Command } from '../kit/commands/registry.ts';
import { openPalette, openSheet } from '../kit/commands/store.ts';
import { chooseTheme, THEME_CHOICES, THEME_WORDS } from '../kit/theme/theme-store.ts';
import { showLog } from '../kit/trouble/show-log.ts';
import { openWindow } from '../view/open-window.ts';
import { showPage, usePage } from '../view/page-store.ts';
import { selectSession, useSelection } from '../view/selection-store.ts';
import { focusPane } from './panes.ts';

const selected = () => useSelection.getState().id;

/** Selects the session `step` places further down the list. */
function neighbour(step: number): void {
  const { sessions } = useHost.getState();
  const next = sessions[sessions.findIndex(({ id }) => id === selected()) + step];
  if (next) selectSession(next.id);
}

function exportSelected(): void {
  const id = selected();
  if (id !== null) exportSession(id);
}

const several = () => useHost.getState().sessions.length > 1;

/** What can be done with the window as a whole. */
export const windowCommands = (api: Api): readonly Command[] => [
  { id: 'palette', title: 'Show all commands', keys: 'Ctrl+Shift+P', run: openPalette },
  { id: 'sheet', title: 'Show keyboard shortcuts', keys: '?', run: openSheet },
  { id: 'pane', title: 'Next pane', keys: 'F6', run: () => focusPane(1) },
  { id: 'pane-before', title: 'Previous pane', keys: 'Shift+F6', run: () => focusPane(-1) },
  {
    ...{ id: 'session', title: 'Back to the session', keys: 'Alt+Z', run: () => showPage('session') },
    when: () => usePage.getState().page !== 'session',
  },
  { id: 'captures', title: 'Show captures', keys: 'Ctrl+O', run: () => showPage('captures') },
  { id: 'settings', title: 'Show settings', keys: 'Ctrl+,', run: () => showPage('settings') },
  {
    ...{ id: 'dismiss', title: 'Dismiss newest notification', keys: 'Alt+D', run: dismissNewest },
    when: () => useNotices.getState().notices.length > 0,
  },
  ...THEME_CHOICES.map((theme) => ({
    id: `theme-${theme}`,
    title: `Theme: ${THEME_WORDS[theme]}`,
    run: () => chooseTheme(theme),
  })),
  { id: 'log-file', title: 'Help: Show program log', run: () => void showLog(api) },
  { id: 'window', title: 'New window', keys: 'Alt+Shift+N', run: () => openWindow(null) },
  { id: 'new-server', title: 'New server session…', group: 'Sessions', keys: 'Alt+S', run: () => newSession('server') },
  { id: 'new-client', title: 'New client session…', group: 'Sessions', keys: 'Alt+C', run: () => newSession('client') },
  {
    id: 'before',
    title: 'Previous session',
    group: 'Sessions',
    keys: 'Alt+Up',
    run: () => neighbour(-1),
    when: several,
  },
  { id: 'after', title: 'Next session', group: 'Sessions', keys: 'Alt+Down', run: () => neighbour(1), when: several },
  {
    // Not Ctrl+Shift+N: a browser keeps that to itself.
    ...{ id: 'session-window', title: 'Open session in new window', group: 'Sessions', keys: 'Alt+N' },
    run: () => openWindow(selected()),
    when: () => selected() !== null,
  },
  {
    ...{ id: 'export', title: 'Export log…', group: 'Sessions', keys: 'Ctrl+S' },
    run: exportSelected,
    when: () => selected() !== null,
  },
  { id: 'import', title: 'Import log…', group: 'Captures', keys: 'Ctrl+I', run: () => chooseImport(api) },
];
