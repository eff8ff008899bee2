import { type Command, useRegistered } from '../commands/registry.ts';
import { openPalette, openSheet } from '../commands/store.ts';
import { exportSession } from '../exports/export-store.ts';
import { newSession } from '../new-session/store.ts';
import { selectSession, useSelection } from '../sessions/selection-store.ts';
import { chooseTheme, THEME_CHOICES, THEME_WORDS } from '../theme/theme-store.ts';
import { useHost } from './host-store.ts';
import { showPage } from './page-store.ts';

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

const COMMANDS: readonly Command[] = [
  { id: 'palette', title: 'Show all commands', keys: 'Ctrl+Shift+P', run: openPalette },
  { id: 'sheet', title: 'Show keyboard shortcuts', keys: '?', run: openSheet },
  { id: 'captures', title: 'Show the captures', keys: 'Ctrl+O', run: () => showPage('captures') },
  { id: 'settings', title: 'Show the settings', keys: 'Ctrl+,', run: () => showPage('settings') },
  ...THEME_CHOICES.map((theme) => ({
    id: `theme-${theme}`,
    title: `Theme: ${THEME_WORDS[theme]}`,
    run: () => chooseTheme(theme),
  })),
  { id: 'new-server', title: 'New server session…', group: 'Sessions', keys: 'Alt+S', run: () => newSession('server') },
  { id: 'new-client', title: 'New client session…', group: 'Sessions', keys: 'Alt+C', run: () => newSession('client') },
  { id: 'before', title: 'Session above', group: 'Sessions', keys: 'Alt+Up', run: () => neighbour(-1), when: several },
  { id: 'after', title: 'Session below', group: 'Sessions', keys: 'Alt+Down', run: () => neighbour(1), when: several },
  {
    ...{ id: 'export', title: 'Export the log…', group: 'Sessions', keys: 'Ctrl+S' },
    run: exportSelected,
    when: () => selected() !== null,
  },
];

/** What can be done with the window as a whole. */
export const useWindowCommands = (): void => useRegistered(COMMANDS);
