import { inGroup } from '../../kit/commands/registry.ts';
import type { Feature } from '../../view/feature.ts';
import { NewSessionDialog } from './NewSessionDialog.tsx';
import { closeNewSession, newSession, useNewSession } from './store.ts';

export const newSessions: Feature = {
  commands: () =>
    inGroup('Sessions', [
      { id: 'new-server', title: 'New server session…', keys: 'Alt+S', run: () => newSession('server') },
      { id: 'new-client', title: 'New client session…', keys: 'Alt+C', run: () => newSession('client') },
      { id: 'new-raw', title: 'New raw section…', keys: 'Alt+I', run: () => newSession('raw') },
      { id: 'new-tap', title: 'New tap…', keys: 'Alt+P', run: () => newSession('tap') },
    ]),
  dialog: {
    name: 'new session dialog',
    useAbout: () => useNewSession((state) => state.role),
    close: closeNewSession,
    Dialog: NewSessionDialog,
  },
};
