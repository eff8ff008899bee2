import type { Api } from '../../../shared/api.ts';
import { useHost } from '../../host/host-store.ts';
import type { Feature } from '../../view/feature.ts';
import { useSelection } from '../../view/selection-store.ts';
import { ResponderDialog } from './ResponderDialog.tsx';
import { ResponderPane } from './ResponderPane.tsx';
import { closeResponder, editResponder, useResponderDialog } from './responder-store.ts';

/** The selected session if it is an open end. */
function selectedEnd(): number | undefined {
  const { id } = useSelection.getState();
  return useHost
    .getState()
    .sessions.find((session) => session.id === id && session.kind === 'endpoint' && session.state === 'open')?.id;
}

function editSelected(api: Api): void {
  const end = selectedEnd();
  if (end !== undefined) void editResponder(api, end);
}

export const responder: Feature = {
  commands: (api) => [
    {
      ...{ id: 'responder', title: 'Answer with rules…', group: 'Sending', keys: 'Alt+Shift+E' },
      run: () => editSelected(api),
      when: () => selectedEnd() !== undefined,
    },
  ],
  pane: { id: 'responder', name: 'answers', place: 'top', needs: 'send', first: 'button', Pane: ResponderPane },
  dialog: {
    name: 'answers dialog',
    useAbout: () => useResponderDialog((state) => state.asked),
    close: closeResponder,
    Dialog: ResponderDialog,
  },
};
