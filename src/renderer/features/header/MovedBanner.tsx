import { Button } from '@fluentui/react-components';
import { can } from '../../../shared/session-kind.ts';
import { useApi } from '../../host/api-context.ts';
import { useConnected, useEndpoint } from '../../host/host-store.ts';
import { orNotify } from '../../host/notices-store.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';

/** The header was changed under an open end: what happened, and what to do. */
export function MovedBanner({ id }: { id: number }) {
  const api = useApi();
  const connected = useConnected();
  const session = useEndpoint(id, ({ kind, state, role, moved }) => ({ kind, state, role, moved }));
  if (session?.state !== 'open' || session.moved === null) return null;
  const joins = can(session.kind, session.role, 'join');
  return (
    <FailureMessage
      title={
        joins
          ? 'The server was restarted with another header'
          : 'Another server has written its own header to this section'
      }
      failure={{ code: 'header-changed', message: session.moved }}
    >
      {joins ? (
        <Button
          size="small"
          disabledFocusable={!connected}
          onClick={() => orNotify("Couldn't reopen the channel", api.reconnect(id))}
        >
          Reopen
        </Button>
      ) : (
        <Button
          size="small"
          disabledFocusable={!connected}
          onClick={() => orNotify("Couldn't close the session", api.close(id))}
        >
          Close
        </Button>
      )}
    </FailureMessage>
  );
}
