import type { Api } from '../../../shared/api.ts';
import { findEndpoint } from '../../host/host-store.ts';
import { orNotify } from '../../host/notices-store.ts';
import { type Command, inGroup } from '../../kit/commands/registry.ts';
import { type DraftMode, MODE_WORDS } from './draft.ts';

interface ComposerActions {
  readonly api: Pick<Api, 'stopSending'>;
  readonly session: number;
  readonly canSend: boolean;
  readonly send: () => void;
  /** Moves the focus to where the message is written. */
  readonly write: () => void;
  readonly turnInto: (mode: DraftMode) => void;
  /** Shows or hides the repeat options. */
  readonly repeat: () => void;
}

/** Between the forms of a message, or those that show a record's payload. */
const KEYS = [1, 2, 3, 4, 9];

/** The commands of a session's composer, wherever the focus is. */
export function composerCommands(actions: ComposerActions): readonly Command[] {
  const { api, session, canSend, send, write, turnInto, repeat } = actions;
  const isRunning = () => findEndpoint(session)?.plan?.state === 'running';
  return inGroup('Sending', [
    { id: 'write', title: 'Write a message', keys: 'Ctrl+E', run: write },
    { id: 'send', title: 'Send the message', keys: 'Ctrl+Enter', local: true, run: send, when: () => canSend },
    ...Object.entries(MODE_WORDS).map(([mode, words], at) => ({
      ...{ id: `write-${mode}`, title: `Write as ${words}`, keys: `Alt+${KEYS[at]}` },
      run: () => turnInto(mode as DraftMode),
    })),
    { id: 'repeat', title: 'Send repeatedly…', keys: 'Alt+A', run: repeat },
    {
      ...{ id: 'stop-sending', title: 'Stop repeating', keys: 'Alt+Shift+A', when: isRunning },
      run: () => void orNotify("Couldn't stop sending", api.stopSending(session)),
    },
  ]);
}
