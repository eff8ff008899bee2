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
  /** Puts the focus where the message is written. */
  readonly write: () => void;
  readonly turnInto: (mode: DraftMode) => void;
  /** Shows or hides how the message is repeated. */
  readonly repeat: () => void;
}

/** Of the forms of a message; those between show the payload of a record. */
const KEYS = [1, 2, 3, 4, 9];

/** What can be done in a session's composer, from wherever the focus is. */
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
