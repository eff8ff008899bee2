/** Replay as a window starts it: from a session's log to an open end. */
import { expect, test } from 'vitest';
import type { Role } from '../shared/domain.ts';
import type { ReplayPlan, ReplayProgress } from '../shared/replay/replay.ts';
import type { EndpointSnapshot, OpenEndpoint } from '../shared/session.ts';
import { hostForAllTests } from './host.testing.ts';

const host = hostForAllTests();

let names = 0;
const PLAN: ReplayPlan = {
  ...{ timing: { how: 'lockstep' }, loops: 1, step: false, compare: true, ignore: [], allowGaps: false },
  timeoutMs: 5000,
};
const bytes = (text: string) => new TextEncoder().encode(text);

/** Both ends of a channel of its own, each receiving. */
async function channel(): Promise<Record<Role, number>> {
  const name = `Local\\replayed${names++}`;
  const end = async (role: Role) => {
    const options: OpenEndpoint = {
      ...{ kind: 'endpoint', role, section: name, eventS2c: `${name}a`, eventC2s: `${name}b`, layout: 'sized' },
      ...{ bufferSize: 1024, takeOver: false, overrun: 'wait' },
      receive: { mode: 'continuous', timeoutMs: 60_000 },
    };
    return (await host().services.open(options)).id;
  };
  return { server: await end('server'), client: await end('client') };
}

const snapshotOf = async (id: number) =>
  (await host().services.state()).sessions.find((session) => session.id === id) as EndpointSnapshot;
const replayOf = async (id: number): Promise<ReplayProgress | null> => (await snapshotOf(id)).replay;
const messagesOf = async (id: number) => {
  const { rows } = await host().services.rows({ session: id, filter: '', from: 0, count: 100 });
  const messages = rows.filter(({ kind }) => kind === 'message');
  return messages.map(({ direction, preview }) => `${direction} ${new TextDecoder().decode(preview)}`);
};

const noticesOf = async (session: number) => {
  const { rows } = await host().services.rows({ session, filter: '', from: 0, count: 100 });
  return rows.flatMap(({ kind, detail }) => (kind === 'notice' ? [detail] : []));
};

/** Two requests and their replies, on a channel that is closed. */
async function recorded(): Promise<number> {
  const { server, client } = await channel();
  for (const text of ['one', 'two']) {
    await host().services.send(client, bytes(text));
    await expect.poll(() => messagesOf(server)).toContain(`in ${text}`);
    await host().services.send(server, bytes(`${text}!`));
    await expect.poll(() => messagesOf(client)).toContain(`in ${text}!`);
  }
  await host().services.close(client);
  await host().services.close(server);
  return client;
}

test('what a session of this run has sent is sent again on another, in lockstep with the replies', async () => {
  const source = await recorded();
  const { server, client } = await channel();
  await host().services.startReplay(client, { source, plan: PLAN });
  for (const text of ['one', 'two']) {
    await expect.poll(() => messagesOf(server)).toContain(`in ${text}`);
    await host().services.send(server, bytes(`${text}!`));
  }
  await expect.poll(() => replayOf(client)).toMatchObject({ result: 'same', sent: 2, replies: 2 });
  await expect
    .poll(() => noticesOf(client))
    .toEqual([
      expect.stringMatching(/^Replay of capture-.*, session 2: 2 messages, lockstep\.$/),
      'Replay done: 2 messages sent, and the 2 replies are the same.',
    ]);
});

test('step by step it waits for each step, tells what comes next, and ends when it is stopped', async () => {
  const source = await recorded();
  const { client } = await channel();
  await host().services.startReplay(client, { source, plan: { ...PLAN, timing: { how: 'fast' }, step: true } });
  await expect.poll(() => replayOf(client)).toMatchObject({ next: { seq: 1, size: 3 } });
  await host().services.stepReplay(client);
  await expect.poll(() => replayOf(client)).toMatchObject({ sent: 1, result: null });
  await expect(host().services.startReplay(client, { source, plan: PLAN })).rejects.toMatchObject({ code: 'busy' });
  await host().services.stopReplay(client);
  await expect.poll(() => replayOf(client)).toMatchObject({ sent: 1, result: 'stopped' });
});

test('an end that closes ends its replay, and a session that is still open is replayed up to a record', async () => {
  const { client, server } = await channel();
  await host().services.send(client, bytes('first'));
  await expect.poll(() => messagesOf(client)).toEqual(['out first']);
  const again = (plan: ReplayPlan) => host().services.startReplay(client, { source: client, plan });
  await expect(again(PLAN)).rejects.toMatchObject({ code: 'capture-unfit' });
  const { committed } = await snapshotOf(client);
  await again({ ...PLAN, to: committed - 1, timing: { how: 'rate', perSecond: 0.01 }, loops: 2 });
  await expect.poll(() => messagesOf(server)).toEqual(['in first', 'in first']);
  await host().services.close(client);
  expect(await replayOf(client)).toMatchObject({ sent: 1, result: 'stopped' });
});
