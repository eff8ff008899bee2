import type { Feature } from '../../view/feature.ts';
import { useSelection } from '../../view/selection-store.ts';
import { ReplayDialog } from './ReplayDialog.tsx';
import { closeReplayDialog, replaySession, useReplayDialog } from './replay-store.ts';

const selected = () => useSelection.getState().id;

function replaySelected(): void {
  const id = selected();
  if (id !== null) replaySession(id);
}

export const replay: Feature = {
  commands: () => [
    {
      ...{ id: 'replay', title: 'Replay log…', group: 'Sessions', keys: 'Alt+Shift+R' },
      run: replaySelected,
      when: () => selected() !== null,
    },
  ],
  dialog: {
    name: 'replay dialog',
    useAbout: () => useReplayDialog((state) => state.source),
    close: closeReplayDialog,
    Dialog: ReplayDialog,
  },
};
