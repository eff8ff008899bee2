import type { Api } from '../../shared/api.ts';
import { dismissNewest, useNotices } from '../host/notices-store.ts';
import type { Command } from '../kit/commands/registry.ts';
import { openPalette, openSheet } from '../kit/commands/store.ts';
import { chooseTheme, THEME_CHOICES, THEME_WORDS } from '../kit/theme/theme-store.ts';
import { showLog } from '../kit/trouble/show-log.ts';
import { openWindow } from '../view/open-window.ts';
import { showPage, usePage } from '../view/page-store.ts';
import { COMMANDS, PAGES } from './features.ts';
import { focusPane } from './panes.ts';

/** Commands for the window as a whole. */
export const windowCommands = (api: Api): readonly Command[] => [
  { id: 'palette', title: 'Show all commands', keys: 'Ctrl+Shift+P', run: openPalette },
  { id: 'sheet', title: 'Show keyboard shortcuts', keys: '?', run: openSheet },
  { id: 'pane', title: 'Next pane', keys: 'F6', run: () => focusPane(1) },
  { id: 'pane-before', title: 'Previous pane', keys: 'Shift+F6', run: () => focusPane(-1) },
  {
    ...{ id: 'session', title: 'Back to the session', keys: 'Alt+Z', run: () => showPage('session') },
    when: () => usePage.getState().page !== 'session',
  },
  ...PAGES.map(({ id, title, keys }) => ({ id, title, keys, run: () => showPage(id) })),
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
  ...COMMANDS.flatMap((commands) => commands(api)),
];
