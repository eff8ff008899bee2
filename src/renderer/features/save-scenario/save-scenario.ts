import type { Api } from '../../../shared/api.ts';
import { failureToError, ShmscopeError, toFailure } from '../../../shared/failure.ts';
import type { LogRow } from '../../../shared/log.ts';
import { MAX_PASSED, type PassedMessage, scenarioFromLog } from '../../../shared/scenario/from-log.ts';
import { isOnChannel, type SessionSnapshot } from '../../../shared/session.ts';
import { laneSeenAs } from '../../../shared/session-kind.ts';
import { useHost } from '../../host/host-store.ts';
import { notify } from '../../host/notices-store.ts';
import { formatInteger, formatSize } from '../../kit/format/bytes.ts';
import { download, fileName } from '../../kit/format/download.ts';
import { shortName } from '../../view/session-text.ts';

/** Bytes of all messages together. */
const MAX_BYTES = 1024 * 1024;

/** Saves a scenario that sends and expects the messages of these records. */
export async function saveAsScenario(api: Api, id: number, rows: AsyncIterable<LogRow>): Promise<void> {
  const session = useHost.getState().sessions.find((one) => one.id === id);
  if (!session) return;
  try {
    const messages = await messagesOf(api, session, rows);
    const name = `From ${shortName(session.section)}`;
    const channel = isOnChannel(session)
      ? { name, layout: session.layout, capacity: session.capacity }
      : { name, layout: null, capacity: 0 };
    download(scenarioFromLog(channel, messages), fileName(name, 'yaml'), 'application/yaml');
  } catch (error) {
    notify("Couldn't save a scenario", toFailure(error));
  }
}

async function messagesOf(api: Api, session: SessionSnapshot, rows: AsyncIterable<LogRow>): Promise<PassedMessage[]> {
  const messages: PassedMessage[] = [];
  let bytes = 0;
  for await (const { seq, kind, direction, size } of rows) {
    const lane = direction && laneSeenAs(session.role, direction);
    if (kind !== 'message' || !lane) continue;
    bytes += size;
    if (messages.length >= MAX_PASSED) throw tooMany(`more than ${formatInteger(MAX_PASSED)} messages are selected`);
    if (bytes > MAX_BYTES) throw tooMany(`the selected messages have more than ${formatSize(MAX_BYTES)} together`);
    messages.push({ lane, bytes: await payloadOf(api, session.id, seq, size) });
  }
  if (messages.length > 0) return messages;
  throw new ShmscopeError('invalid-argument', 'No message is selected. Select the rows to include.');
}

const tooMany = (why: string) =>
  new ShmscopeError(
    'invalid-argument',
    `That is too much for one scenario: ${why}. Replay it instead, or select less.`,
  );

async function payloadOf(api: Api, session: number, seq: number, size: number): Promise<Uint8Array> {
  if (size === 0) return new Uint8Array();
  const answer = await api.payload({ session, seq, offset: 0, length: size });
  if (!answer.ok) throw failureToError(answer.failure);
  return answer.value;
}
