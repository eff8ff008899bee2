import { describe, expect, test } from 'vitest';
import type { OpenEndpoint } from '../../../shared/session.ts';
import type { Session } from '../session.ts';
import { benchForAllTests, peerOptions, serverOptions, textOf, utf8 } from '../testing.ts';

const bench = benchForAllTests();
const code = (wanted: string) => expect.objectContaining({ failure: expect.objectContaining({ code: wanted }) });
const CONTINUOUS = { mode: 'continuous', timeoutMs: 60_000 } as const;
const WAIT = { wait: { limitMs: null } } as const;

/** A client's session that waits for a server of `server`. */
async function waitingClient(more: Partial<OpenEndpoint> = {}) {
  const server = serverOptions();
  const opened = await bench().registry.open(
    peerOptions(server, { layout: 'auto', receive: CONTINUOUS, ...WAIT, ...more }),
  );
  return { server, opened, id: opened.id, session: bench().registry.get(opened.id) };
}
const isOpen = (id: number) => bench().changed(id, ({ state }) => state === 'open');
const isWaiting = (id: number) => bench().changed(id, ({ waiting }) => waiting !== null);
/** Without the second reason to wait, which is reported if a server takes long to come. */
const kinds = (id: number) =>
  bench()
    .sink.of(id)
    .map(({ kind }) => kind)
    .filter((kind, at, all) => kind !== 'notice' || all[at - 1] !== 'notice');
const says = (session: Session, text: string) => session.call({ type: 'send', bytes: utf8(text) });

describe('a client that waits for its server', () => {
  test('is answered for at once, says why it waits, and works as soon as the server is there', async () => {
    const { server, opened, id, session } = await waitingClient();
    expect(opened).toMatchObject({ state: 'opening', layout: null, failure: null });
    expect(opened.waiting?.why).toContain('no section named');
    const peer = bench().peer(server);
    expect(await isOpen(id)).toMatchObject({ waiting: null, layout: 'sized', receiving: CONTINUOUS });
    peer.send(utf8('hello'));
    await bench().sink.until(id, (records) => records.at(-1)?.kind === 'message');
    await says(session, 'back');
    expect(textOf((peer.receive(1000) as { bytes: Uint8Array }).bytes)).toBe('back');
    const [waited, joined] = bench().sink.of(id);
    expect(waited).toMatchObject({ kind: 'notice', detail: expect.stringContaining('Waiting for the server') });
    expect(joined).toMatchObject({ kind: 'opened', detail: expect.stringMatching(/after waiting [\d,]+ ms/) });
  });

  test('opens at once, without a word of it, where the server is there already', async () => {
    const server = serverOptions();
    bench().peer(server);
    const { id, state } = await bench().registry.open(peerOptions(server, WAIT));
    expect(state).toBe('open');
    await bench().sink.until(id, (records) => records.length === 1);
    expect(kinds(id)).toEqual(['opened']);
  });

  test('does what it was asked meanwhile when the server is there', async () => {
    const { server, id, session } = await waitingClient({ receive: null });
    const sent = says(session, 'early');
    const peer = bench().peer(server);
    await sent;
    expect(textOf((peer.receive(1000) as { bytes: Uint8Array }).bytes)).toBe('early');
    await bench().changed(id, ({ counts }) => counts.messages.c2s === 1);
  });

  test('is ended within 50 ms, with all that it was asked refused and nothing held', async () => {
    const took: number[] = [];
    for (let round = 0; round < 20; round++) {
      const { id, session } = await waitingClient();
      const refused = expect(says(session, 'never')).rejects.toEqual(code('closed'));
      const start = performance.now();
      await session.close();
      took.push(performance.now() - start);
      await refused;
      expect(bench().registry.snapshot(id)).toMatchObject({ state: 'closed', failure: null, waiting: null });
      await bench().sink.until(id, (records) => records.length === 2);
      expect(kinds(id)).toEqual(['notice', 'closed']);
    }
    expect(took.sort((a, b) => a - b)[took.length >> 1]).toBeLessThan(50);
  });

  test('gives up after its limit, says so, and stays on the list', async () => {
    const { id, session } = await waitingClient({ wait: { limitMs: 60 } });
    await session.ended;
    const { state, failure } = bench().registry.snapshot(id);
    expect([state, failure]).toMatchObject(['failed', { code: 'no-server' }]);
    expect(failure?.message).toMatch(/within 60 ms.*no section named/);
    await bench().sink.until(id, (records) => records.length === 2);
    expect(bench().sink.of(id)[1]).toMatchObject({ kind: 'error', code: 'no-server' });
  });

  test('does not wait where something else is in the way', async () => {
    const server = serverOptions();
    bench().kernel.createEvent(server.section);
    await expect(bench().registry.open(peerOptions(server, WAIT))).rejects.toEqual(code('name-other-kind'));
  });

  test('is not what a server does', async () => {
    const { openOptionsSchema } = await import('../../../shared/session.ts');
    const { safeParse } = await import('valibot');
    expect(safeParse(openOptionsSchema, serverOptions(WAIT)).success).toBe(false);
    expect(safeParse(openOptionsSchema, serverOptions({ reconnect: true })).success).toBe(false);
    expect(safeParse(openOptionsSchema, peerOptions(serverOptions(), { ...WAIT, reconnect: true })).success).toBe(true);
  });
});

describe('a client that reconnects', () => {
  test('by itself: goes on in the same log with the next server, after the last one has said exit', async () => {
    const server = serverOptions();
    const first = bench().peer(server);
    const { id } = await bench().registry.open(peerOptions(server, { receive: CONTINUOUS, reconnect: true }));
    first.send(utf8('one'));
    await bench().sink.until(id, (records) => records.length === 2);
    first.sendClose();
    await isWaiting(id);
    first.close();
    // The names are free again: the client holds nothing.
    const second = bench().peer({ ...server, bufferSize: 4096 });
    expect(await isOpen(id)).toMatchObject({ capacity: 4096, receiving: CONTINUOUS });
    second.send(utf8('two'));
    await bench().sink.until(id, () => kinds(id).length === 7);
    expect(kinds(id)).toEqual(['opened', 'message', 'exit', 'closed', 'notice', 'opened', 'message']);
    expect(bench().sink.received(id).map(textOf)).toEqual(['one', 'two']);
    await bench().changed(id, ({ counts }) => counts.messages.s2c === 2 && counts.exits === 1);
  });

  test('does not take what a server has left behind for the next one', async () => {
    const server = serverOptions();
    const first = bench().peer(server);
    const { id } = await bench().registry.open(peerOptions(server, { receive: CONTINUOUS, reconnect: true }));
    first.sendClose();
    const { waiting } = await isWaiting(id);
    expect(waiting?.why).toContain('has sent exit');
    bench().peer({ ...server, takeOver: true });
    expect((await isOpen(id)).counts.exits).toBe(1);
  });

  test.each([null, CONTINUOUS])(
    'by itself when another server has put another header there, receiving %j',
    async (receive) => {
      const server = serverOptions({ bufferSize: 8192 });
      bench().peer(server);
      const { id } = await bench().registry.open(peerOptions(server, { layout: 'auto', receive, reconnect: true }));
      const next = bench().peer({ ...server, bufferSize: 4096, takeOver: true });
      expect(await bench().changed(id, ({ capacity }) => capacity === 4096)).toMatchObject({
        moved: null,
        receiving: receive,
      });
      await says(bench().registry.get(id), 'hello');
      expect(textOf((next.receive(1000) as { bytes: Uint8Array }).bytes)).toBe('hello');
      await bench().sink.until(id, (records) => records.length === 5);
      expect(bench().sink.told(id)).toEqual(['anomaly header-changed', 'closed', 'opened', 'message']);
      expect(bench().sink.of(id)[2]?.detail).toContain("because the server's header changed");
    },
  );

  test('when it is asked to, also where the server is still the same', async () => {
    const server = serverOptions();
    const peer = bench().peer(server);
    const { id } = await bench().registry.open(peerOptions(server, { receive: CONTINUOUS }));
    const session = bench().registry.get(id);
    await session.call({ type: 'reconnect' });
    await bench().sink.until(id, (records) => records.filter(({ kind }) => kind === 'opened').length === 2);
    peer.send(utf8('still here'));
    await bench().sink.until(id, (records) => records.length === 4);
    expect(kinds(id)).toEqual(['opened', 'closed', 'opened', 'message']);
    expect(bench().sink.of(id)[1]?.detail).toContain('Closed to reconnect, as was asked for');
  });

  test('is ended by close while it waits', async () => {
    const server = serverOptions();
    const peer = bench().peer(server);
    const { id } = await bench().registry.open(peerOptions(server, { receive: CONTINUOUS }));
    const session = bench().registry.get(id);
    peer.close();
    await session.call({ type: 'reconnect' });
    await isWaiting(id);
    await session.call({ type: 'reconnect' });
    await session.close();
    expect(bench().registry.snapshot(id)).toMatchObject({ state: 'closed', failure: null });
  });

  test('is never a server', async () => {
    const { id } = await bench().registry.open(serverOptions());
    const reconnect = bench().registry.get(id).call({ type: 'reconnect' });
    await expect(reconnect).rejects.toEqual(code('invalid-argument'));
    expect(bench().registry.snapshot(id).state).toBe('open');
  });
});
