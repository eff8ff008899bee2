import { useApi } from '../../host/api-context.ts';
import { useHost } from '../../host/host-store.ts';
import { orNotify } from '../../host/notices-store.ts';
import { useRegistered } from '../../kit/commands/registry.ts';
import { type DraftMode, MODE_WORDS } from './draft.ts';

interface ComposerActions {
  readonly canSend: boolean;
  readonly send: () => void;
  /** Puts the focus where the message is written. */
  readonly write: () => void;
  readonly turnInto: (mode: DraftMode) => void;
  /** Shows or hides how the message is repeated. */
  readonly repeat: () => void;
}

/** What can be done in a session's composer, from wherever the focus is. */
export function useComposerCommands(id: number, { canSend, send, write, turnInto, repeat }: ComposerActions): void {
  const api = useApi();
  const isRunning = () => useHost.getState().sessions.find((one) => one.id === id)?.plan?.state === 'running';
  const group = 'Sending';
  useRegistered([
    { id: 'write', title: 'Write a message', group, keys: 'Ctrl+E', run: write },
    { id: 'send', title: 'Send the message', group, keys: 'Ctrl+Enter', local: true, run: send, when: () => canSend },
    ...Object.entries(MODE_WORDS).map(([mode, words], at) => ({
      ...{ id: `write-${mode}`, title: `Write as ${words}`, group, keys: `Alt+${at + 1}` },
      run: () => turnInto(mode as DraftMode),
    })),
    { id: 'repeat', title: 'Send again and again…', group, keys: 'Alt+A', run: repeat },
    {
      ...{ id: 'stop-sending', title: 'Stop repeating', group, keys: 'Alt+Shift+A', when: isRunning },
      run: () => void orNotify('It was not stopped', api.stopSending(id)),
    },
  ]);
}
