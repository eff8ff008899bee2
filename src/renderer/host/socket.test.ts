import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { decodeFrame, encodeFrame } from '../../shared/frame.ts';
import type { Request } from '../../shared/rpc.ts';
import { type Connection, connectSocket } from './socket.ts';

class FakeSocket extends EventTarget {
  readonly sent: Request[] = [];
  binaryType = '';

  send(frame: Uint8Array<ArrayBuffer>) {
    this.sent.push(decodeFrame(Uint8Array.from(frame).buffer) as Request);
  }

  open() {
    this.dispatchEvent(new Event('open'));
  }

  lose() {
    this.dispatchEvent(new Event('close'));
  }

  say(message: unknown) {
    this.dispatchEvent(new MessageEvent('message', { data: Uint8Array.from(encodeFrame(message)).buffer }));
  }
}

const DISCONNECTED = { ok: false, failure: { code: 'disconnected' } };
let sockets: FakeSocket[];

function connect() {
  const host = connectSocket(() => {
    const socket = new FakeSocket();
    sockets.push(socket);
    return socket as unknown as WebSocket;
  });
  const seen: Connection[] = [];
  const undo = host.onConnection((connection) => seen.push(connection));
  return { ...host, seen, undo };
}

beforeEach(() => {
  sockets = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the connection is reported at once and at each change, until undone', () => {
  const { seen, undo } = connect();
  expect(seen).toEqual(['connecting']);
  sockets[0]?.open();
  sockets[0]?.lose();
  expect(seen).toEqual(['connecting', 'connected', 'disconnected']);
  undo();
  vi.advanceTimersByTime(250);
  sockets[1]?.open();
  expect(seen).toHaveLength(3);
});

test('a call without a connection ends as disconnected, and nothing is sent', async () => {
  const { api } = connect();
  expect(await api.info()).toMatchObject(DISCONNECTED);
  sockets[0]?.open();
  expect(sockets[0]?.sent).toEqual([]);
});

test('a lost connection ends every call that waits for its answer', async () => {
  const { api } = connect();
  sockets[0]?.open();
  const calls = [api.info(), api.state()];
  sockets[0]?.lose();
  expect(await Promise.all(calls)).toMatchObject([DISCONNECTED, DISCONNECTED]);
});

test('a new connection is tried after growing pauses of at most 5 s, and after 250 ms again once there was one', () => {
  const { seen } = connect();
  for (const pause of [250, 500, 1000, 2000, 4000, 5000, 5000]) {
    const before = sockets.length;
    sockets.at(-1)?.lose();
    vi.advanceTimersByTime(pause - 1);
    expect(sockets).toHaveLength(before);
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(before + 1);
  }
  sockets.at(-1)?.open();
  sockets.at(-1)?.lose();
  vi.advanceTimersByTime(250);
  expect(sockets).toHaveLength(9);
  expect(seen).toEqual(['connecting', 'disconnected', 'connected', 'disconnected']);
});

test('calls and states go over the new connection', async () => {
  const { api } = connect();
  const heard = vi.fn();
  api.onState(heard);
  sockets[0]?.open();
  sockets[0]?.lose();
  vi.advanceTimersByTime(250);
  sockets[1]?.open();
  const call = api.cancelReceive(1);
  const [request] = sockets[1]?.sent ?? [];
  expect(request).toMatchObject({ method: 'cancelReceive', args: [1] });
  sockets[1]?.say({ id: request?.id, result: { ok: true } });
  expect(await call).toEqual({ ok: true });
  sockets[1]?.say({ state: { sessions: [] } });
  expect(heard).toHaveBeenCalledExactlyOnceWith({ sessions: [] });
});

test('an answer that nobody waits for is ignored', async () => {
  const { api } = connect();
  sockets[0]?.open();
  sockets[0]?.say({ id: 1, result: { ok: true } });
  const call = api.cancelReceive(1);
  sockets[0]?.say({ id: sockets[0].sent[0]?.id, result: { ok: true } });
  expect(await call).toEqual({ ok: true });
});
