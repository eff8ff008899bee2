import { inGroup } from '../../kit/commands/registry.ts';
import type { Feature } from '../../view/feature.ts';
import { closePeerDialog, newPeer, usePeerDialog } from './dialog-store.ts';
import { PeerDialog } from './PeerDialog.tsx';

export const peers: Feature = {
  commands: () =>
    inGroup('Lab', [{ id: 'new-peer', title: 'Start a peer…', keys: 'Alt+Shift+P', run: () => newPeer() }]),
  dialog: {
    name: 'peer dialog',
    useAbout: () => usePeerDialog((state) => state.asked),
    close: closePeerDialog,
    Dialog: PeerDialog,
  },
};
