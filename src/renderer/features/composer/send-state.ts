import { expandedSize } from '../../../shared/placeholders.ts';
import type { EndpointSnapshot, SessionSnapshot } from '../../../shared/session.ts';
import { formatByteCount, formatInteger } from '../../kit/format/bytes.ts';
import type { DraftParts } from './draft.ts';

/** Why nothing can be sent now, as a sentence; null if it can. `n`: number of the message. */
export function sendObstacle(
  session: Pick<SessionSnapshot, 'state'> & Pick<EndpointSnapshot, 'capacity' | 'sending'>,
  sending: boolean,
  connected: boolean,
  parsed: DraftParts,
  n: number,
): string | null {
  if (!connected) return 'Lost the connection to the host; the draft is kept.';
  if (session.state === 'opening') return 'The session is still opening or waiting for its server.';
  if (session.state === 'failed') return "The session has failed, so it can't send.";
  if (session.state === 'closed') return "The session is closed, so it can't send.";
  if (!parsed.ok) return parsed.message;
  const over = expandedSize(parsed.parts, n) - session.capacity;
  if (over > 0)
    return `${formatByteCount(over)} too long: the buffer holds ${formatInteger(session.capacity)}, and Shmscope never truncates messages.`;
  if (sending || session.sending) return 'Waiting for the peer to read the previous message.';
  return null;
}
