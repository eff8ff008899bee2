import type { Api } from '../../shared/api.ts';
import { DEFAULT_BUFFER_SIZE } from '../../shared/domain.ts';
import type { OpenEndpoint } from '../../shared/session.ts';
import { notify } from '../host/notices-store.ts';
import { selectWhenListed } from '../view/selection-store.ts';

/** Names of its own: a trial never meets a real channel. */
const SERVER: OpenEndpoint = {
  kind: 'endpoint',
  role: 'server',
  section: 'Local\\ShmscopeTrial',
  eventS2c: 'Local\\ShmscopeTrialS2C',
  eventC2s: 'Local\\ShmscopeTrialC2S',
  layout: 'sized',
  bufferSize: DEFAULT_BUFFER_SIZE,
  takeOver: false,
  overrun: 'wait',
  receive: { mode: 'continuous', timeoutMs: 5000 },
};

/** Opens both ends of a channel and sends a first message from the client; the receiving server is shown. */
export async function tryBoth(api: Pick<Api, 'open' | 'send'>): Promise<void> {
  const server = await api.open(SERVER);
  if (!server.ok) return notify("Couldn't open the server", server.failure);
  selectWhenListed(server.value.id);
  const client = await api.open({ ...SERVER, role: 'client', layout: 'auto' });
  if (!client.ok) return notify("Couldn't open the client", client.failure);
  const sent = await api.send(client.value.id, new TextEncoder().encode('Hello from the client'));
  if (!sent.ok) notify("Couldn't send the first message", sent.failure);
}
