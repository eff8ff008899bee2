import { Bot16Filled, Bot16Regular } from '@fluentui/react-icons';
import { useApi } from '../../host/api-context.ts';
import { useEndpoint } from '../../host/host-store.ts';
import { IconButton } from '../../kit/controls/IconButton.tsx';
import { editResponder } from './responder-store.ts';

/** Leads from an open end's header to the rules by which it responds. */
export function ResponderButton({ session }: { session: number }) {
  const api = useApi();
  const seen = useEndpoint(session, ({ state, responder }) => ({ open: state === 'open', on: responder !== null }));
  if (!seen?.open) return null;
  return (
    <IconButton
      icon={seen.on ? <Bot16Filled /> : <Bot16Regular />}
      label={seen.on ? 'Answers by rules: on' : 'Answers by rules: off'}
      hint={seen.on ? 'It answers by rules' : 'Answer messages by rules'}
      keys="Alt+Shift+E"
      onClick={() => void editResponder(api, session)}
    />
  );
}
