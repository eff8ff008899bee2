/** Rules as a window gives them to an end, and a rule from a pair in its log. */
import { expect, test } from 'vitest';
import type { Role } from '../shared/domain.ts';
import type { EndpointSnapshot, OpenEndpoint } from '../shared/session.ts';
import { hostForAllTests } from './host.testing.ts';

const host = hostForAllTests();

let names = 0;
const bytes = (text: string) => new TextEncoder().encode(text);

/** Both ends of a channel of its own; only the client receives. */
async function channel(): Promise<Record<Role, number>> {
  const name = `Local\\answered${names++}`;
  const end = async (role: Role, receive: OpenEndpoint['receive']) => {
    const options: OpenEndpoint = {
      ...{ kind: 'endpoint', role, section: name, eventS2c: `${name}a`, eventC2s: `${name}b`, layout: 'sized' },
      ...{ bufferSize: 64, takeOver: false, overrun: 'wait', receive },
    };
    return (await host().services.open(options)).id;
  };
  const server = await end('server', null);
  return { server, client: await end('client', { mode: 'continuous', timeoutMs: 60_000 }) };
}

const rowsOf = async (session: number) =>
  (await host().services.rows({ session, filter: '', from: 0, count: 100 })).rows.map(
    ({ seq, kind, direction, preview, detail }) => ({
      seq,
      kind,
      direction,
      text: new TextDecoder().decode(preview),
      detail,
    }),
  );
const messagesOf = async (session: number) =>
  (await rowsOf(session)).flatMap(({ kind, direction, text }) => (kind === 'message' ? [`${direction} ${text}`] : []));
const stateOf = async (id: number) =>
  ((await host().services.state()).sessions.find((session) => session.id === id) as EndpointSnapshot).responder;

test('an end answers by its rules, in its own thread, and each reply says which rule has sent it', async () => {
  const { server, client } = await channel();
  const rules = {
    name: 'Greets',
    rules: [
      { name: 'later', match: 'wait', reply: 'now', delay: 100 },
      { name: 'greeting', match: { regex: '^I am (?<who>\\w+)' }, reply: 'Hello {{who}}', times: 1 },
    ],
  };
  await host().services.setResponder(server, rules);
  expect(await host().services.responder(server)).toEqual(rules);
  for (const text of ['wait', 'I am Ada', 'I am Bob']) await host().services.send(client, bytes(text));
  await expect
    .poll(async () => (await messagesOf(client)).toSorted())
    .toEqual([...['in Hello Ada', 'in now', 'out I am Ada', 'out I am Bob', 'out wait']]);
  const saysWho = async () => (await rowsOf(server)).find(({ text }) => text === 'Hello Ada')?.detail;
  await expect.poll(saysWho).toMatch(/^Sent by the rule “greeting” in reply to #\d+\.$/);
  await expect
    .poll(() => stateOf(server))
    .toMatchObject({ name: 'Greets', rules: [{ name: 'later', replies: 1, waiting: 0 }, { replies: 1 }], dropped: 0 });
  await host().services.setResponder(server, null);
  expect(await host().services.responder(server)).toBeNull();
});

test('rules with a mistake are refused, and those from before go on', async () => {
  const { server, client } = await channel();
  await host().services.setResponder(server, { rules: [{ match: 'a', reply: 'b' }] });
  const wrong = host().services.setResponder(server, { rules: [{ name: 'bad', match: { hex: 'zz' }, reply: '' }] });
  await expect(wrong).rejects.toMatchObject({ code: 'invalid-argument', message: expect.stringMatching(/^bad: /) });
  await host().services.send(client, bytes('a'));
  await expect.poll(() => messagesOf(client)).toContain('in b');
});

test('a reply that does not fit the channel stops its rule, and the log says so', async () => {
  const { server, client } = await channel();
  await host().services.setResponder(server, { rules: [{ name: 'long', match: 'a', reply: 'x'.repeat(65) }] });
  await host().services.send(client, bytes('a'));
  await expect
    .poll(() => stateOf(server))
    .toMatchObject({ rules: [{ replies: 0, failure: expect.stringContaining('65 bytes') }] });
  const notices = async () => (await rowsOf(server)).flatMap(({ kind, detail }) => (kind === 'notice' ? [detail] : []));
  await expect.poll(notices).toEqual([expect.stringContaining('The reply of the rule “long” to #')]);
});

test('a pair in the log becomes a rule that answers as it did', async () => {
  const { server, client } = await channel();
  await host().services.setResponder(server, { rules: [{ match: 'ping', reply: 'pong' }] });
  await host().services.send(client, bytes('ping'));
  await expect.poll(() => messagesOf(client)).toContain('in pong');
  const [request, reply] = (await rowsOf(client)).filter(({ kind }) => kind === 'message').map(({ seq }) => seq);
  const pair = { session: client, request: request as number, reply: reply as number };
  expect(await host().services.ruleFromPair(pair)).toEqual({
    name: 'ping',
    match: { text: 'ping' },
    reply: { text: 'pong' },
  });
});
