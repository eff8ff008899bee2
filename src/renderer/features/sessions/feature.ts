import { useHost } from '../../host/host-store.ts';
import { inGroup } from '../../kit/commands/registry.ts';
import type { Feature } from '../../view/feature.ts';
import { openWindow } from '../../view/open-window.ts';
import { selectSession, useSelection } from '../../view/selection-store.ts';

const selected = () => useSelection.getState().id;
const several = () => useHost.getState().sessions.length > 1;

/** Selects the session `step` places further down the list. */
function neighbour(step: number): void {
  const { sessions } = useHost.getState();
  const next = sessions[sessions.findIndex(({ id }) => id === selected()) + step];
  if (next) selectSession(next.id);
}

export const sessions: Feature = {
  commands: () =>
    inGroup('Sessions', [
      { id: 'before', title: 'Previous session', keys: 'Alt+Up', run: () => neighbour(-1), when: several },
      { id: 'after', title: 'Next session', keys: 'Alt+Down', run: () => neighbour(1), when: several },
      {
        // Not Ctrl+Shift+N: browsers reserve that.
        ...{ id: 'session-window', title: 'Open session in new window', keys: 'Alt+N' },
        run: () => openWindow(selected()),
        when: () => selected() !== null,
      },
    ]),
};
