import { describe, expect, test } from 'vitest';
import type { CloseReceipt, OpenEndpoint, SendReceipt } from '../../../shared/session.ts';
import type { Session } from '../session.ts';
import { benchForAllTests, peerOptions, serverOptions, textOf, utf8 } from '../testing.ts';

const bench = benchForAllTests();
const code = (wanted: string) => expect.objectContaining({ failure: expect.objectContaining({ code: wanted }) });

/** A session, and a peer at the other end, which comes first if it is the server. */
async function opened(options: Partial<OpenEndpoint> = {}) {
  const { registry, peer, sink, changed } = bench();
  const all = serverOptions(options);
  const early = all.role === 'client' ? peer(peerOptions(all)) : null;
  const { id } = await registry.open(all);
  return { id, session: registry.get(id), client: early ?? peer(peerOptions(all)), sink, changed, options: all };
}
const send = (session: Session, text: string) => session.call<SendReceipt>({ type: 'send', bytes: utf8(text) });
const sendClose = (session: Session) => session.call<CloseReceipt>({ type: 'sendClose' });
/** What the other end receives within a second. */
const took = (client: { receive(ms: number): { kind: string; bytes?: Uint8Array } }) => {
  const { kind, bytes } = client.receive(1000);
  return bytes ? textOf(bytes) : kind;
};

describe('a send to a slot that was not read', () => {
  test('under refuse is refused at once, reported, and the slot keeps its bytes', async () => {
    const { id, session, client, sink } = await opened({ overrun: 'refuse' });
    await send(session, 'first');
    await expect(send(session, 'second')).rejects.toEqual(code('slot-full'));
    await sink.until(id, (records) => records.length === 3);
    await expect.poll(() => sink.told(id)).toEqual(['message', 'anomaly overrun']);
    expect([took(client), client.receive(10).kind]).toEqual(['first', 'Timeout']);
  });

  test('under wait goes out when the peer has read, and says how long it waited', async () => {
    const { id, session, client, sink, changed } = await opened();
    await send(session, 'first');
    const second = send(session, 'second');
    await changed(id, ({ sending }) => sending);
    expect(took(client)).toBe('first');
    expect(await second).toMatchObject({ seq: 2, overwrote: false });
    expect((await second).waitedMs).toBeGreaterThan(0);
    expect(took(client)).toBe('second');
    expect(sink.told(id)).not.toContain('anomaly overrun');
  });

  test('under wait is refused after a second, reported, and the slot keeps its bytes', async () => {
    const { id, session, client, sink } = await opened();
    await send(session, 'first');
    const start = performance.now();
    await expect(send(session, 'second')).rejects.toEqual(code('slot-full'));
    expect(performance.now() - start).toBeGreaterThanOrEqual(999);
    await sink.until(id, (records) => records.length === 3);
    expect(sink.of(id)[2]).toMatchObject({ code: 'overrun', direction: 'out', detail: expect.stringContaining('#1') });
    expect(took(client)).toBe('first');
  });

  test.each([
    ['is named, with what may have stuck its reader, where its bytes are not UTF-8', Uint8Array.of(0xff), true],
    ['is only named where it is text', utf8('text'), false],
  ])('%s', async (_, bytes, named) => {
    const { id, session, sink } = await opened({ overrun: 'refuse' });
    await session.call({ type: 'send', bytes });
    await expect(send(session, 'second')).rejects.toThrow(named ? /#1 .*not UTF-8/ : /#1 for [\d,]+ ms; refused\.$/);
    await sink.until(id, (records) => records.length === 3);
    expect(sink.of(id)[2]?.detail?.includes('receive() of the crate')).toBe(named);
  });

  test.each([
    ['the user', 100],
    ['a user who has none', null],
  ])('under wait has the limit of %s', async (_, sendWaitMs) => {
    const { session, client, changed, id } = await opened({ sendWaitMs });
    await send(session, 'first');
    const start = performance.now();
    const second = send(session, 'second');
    if (sendWaitMs !== null) {
      await expect(second).rejects.toEqual(code('slot-full'));
      expect(performance.now() - start).toBeLessThan(900);
      expect(await sendClose(session)).toEqual({ lastMessageRead: false });
      return;
    }
    await changed(id, ({ sending }) => sending);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(took(client)).toBe('first');
    expect(await second).toMatchObject({ overwrote: false });
  });

  test('that a fresh header wiped out is not one that was read', async () => {
    const { id, session, client, sink, options } = await opened({ role: 'client' });
    await send(session, 'first');
    const read = session.call<boolean>({ type: 'awaitRead', limitMs: 5000 });
    client.close();
    bench().peer({ ...peerOptions(options), takeOver: true });
    expect(await read).toBe(false);
    await sink.until(id, (records) => records.some(({ code }) => code === 'header-changed'));
    expect(sink.of(id).find(({ seq }) => seq === 1)?.unreadMicros ?? null).toBeNull();
    expect(await sendClose(session)).toEqual({ lastMessageRead: false });
  });

  test('waits while a server may just be writing its header', async () => {
    const { session, client, options } = await opened();
    const section = bench().kernel.openSection(options.section, 'write');
    try {
      section.storeU32(0, 0);
      const sent = send(session, 'first');
      await new Promise((resolve) => setTimeout(resolve, 5));
      section.storeU32(0, options.bufferSize);
      await sent;
      expect(took(client)).toBe('first');
    } finally {
      section.close();
    }
  });

  test('of a channel whose header is another one is refused, and so is waiting for the last message to be read', async () => {
    const { session, options } = await opened();
    await send(session, 'first');
    const section = bench().kernel.openSection(options.section, 'write');
    section.storeU32(0, 4096);
    section.close();
    await expect(send(session, 'second')).rejects.toEqual(code('header-changed'));
    await expect(session.call({ type: 'awaitRead', limitMs: 5000 })).rejects.toEqual(code('header-changed'));
  });

  test('under overwrite takes its place, and the log says so first', async () => {
    const { id, session, client, sink } = await opened({ overrun: 'overwrite' });
    await send(session, 'first');
    expect(await send(session, 'second')).toMatchObject({ seq: 3, overwrote: true });
    await sink.until(id, (records) => records.length === 4);
    await expect.poll(() => sink.told(id)).toEqual(['message', 'anomaly overrun', 'message']);
    expect([took(client), client.receive(10).kind]).toEqual(['second', 'Timeout']);
  });

  test('takes the policy that was set last, also while it waits', async () => {
    const { id, session, changed } = await opened();
    await send(session, 'first');
    const refused = expect(send(session, 'second')).rejects.toEqual(code('slot-full'));
    await changed(id, ({ sending }) => sending);
    await session.call({ type: 'setOverrun', policy: 'refuse' });
    await refused;
  });

  test('is ended by a close, with the reason; what was sent before is in the log', async () => {
    const { id, session, sink } = await opened();
    await send(session, 'first');
    const second = expect(send(session, 'second')).rejects.toEqual(code('closed'));
    await session.close();
    await second;
    await sink.until(id, (records) => records.length === 3);
    await expect.poll(() => sink.told(id)).toEqual(['message', 'closed']);
  });

  test('waits from when the message before it went out', async () => {
    const { session, client } = await opened({ sendWaitMs: 3000 });
    await send(session, 'first');
    const [second, third] = [send(session, 'second'), send(session, 'third')];
    await new Promise((resolve) => setTimeout(resolve, 1800));
    expect(took(client)).toBe('first');
    await second;
    await new Promise((resolve) => setTimeout(resolve, 1800));
    expect(took(client)).toBe('second');
    expect(await third).toMatchObject({ overwrote: false });
    expect(took(client)).toBe('third');
  });
});

test('sends keep their order', async () => {
  const { session, client } = await opened();
  const texts = Array.from({ length: 20 }, (_, n) => `${n}`);
  const sends = texts.map((text) => send(session, text));
  expect(texts.map(() => took(client))).toEqual(texts);
  expect((await Promise.all(sends)).map(({ seq }) => seq)).toEqual(texts.map((_, n) => n + 1));
});

test('a message longer than the buffer is refused whatever the policy, and no record says that it went out', async () => {
  const { id, session, sink, client } = await opened({ bufferSize: 64, overrun: 'overwrite' });
  await expect(send(session, 'x'.repeat(65))).rejects.toEqual(code('payload-too-large'));
  await send(session, 'x'.repeat(64));
  await sink.until(id, (records) => records.length === 2);
  await expect.poll(() => sink.told(id)).toEqual(['message']);
  expect(took(client)).toBe('x'.repeat(64));
});

describe('sendClose', () => {
  test('waits for the last message to be read, then says exit; the session stays open', async () => {
    const { id, session, client, sink, changed } = await opened();
    await send(session, 'last');
    const closed = sendClose(session);
    await changed(id, ({ sending }) => sending);
    expect(took(client)).toBe('last');
    expect(await closed).toEqual({ lastMessageRead: true });
    expect(took(client)).toBe('Exit');
    await sink.until(id, (records) => records.length === 3);
    expect([sink.told(id), session.state]).toEqual([['message', 'exit'], 'open']);
  });

  test('says when the last message was not read, and what took its place', async () => {
    const { id, session, client, sink } = await opened();
    await send(session, 'last');
    expect(await sendClose(session)).toEqual({ lastMessageRead: false });
    expect(took(client)).toBe('Exit');
    await sink.until(id, (records) => records.length === 4);
    await expect.poll(() => sink.told(id)).toEqual(['message', 'anomaly overrun', 'exit']);
    expect(sink.of(id)[2]?.detail).toMatch(/^The peer has not read #1 for 1,0\d\d ms; exit replaced it\.$/);
  });

  test('gives the last message its whole second, however long that waited to be sent', async () => {
    const { session, client } = await opened();
    await send(session, 'first');
    const [last, closed] = [send(session, 'last'), sendClose(session)];
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(took(client)).toBe('first');
    await last;
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(took(client)).toBe('last');
    expect(await closed).toEqual({ lastMessageRead: true });
  });
});
