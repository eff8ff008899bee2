import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Services, StateEvent } from '../../src/shared/api.ts';
import { METHOD_NAMES } from '../../src/shared/api.ts';
import type { RowQuery } from '../../src/shared/log.ts';
import {
  ALL_BYTES,
  DISCOVERY,
  fakeServices,
  fakeState,
  INFO,
  OPTIONS,
  ROW,
  STATE,
  snapshotOf,
} from './contract/fake-services.ts';
import { type Connected, electronIpc, inMemory, webSocket } from './contract/transports.ts';

describe.each([
  ['in-memory pair', inMemory],
  ['Electron IPC with the built preload', electronIpc],
  ['WebSocket', webSocket],
])('a host over %s', (_name, connect) => {
  let connected: Connected | undefined;
  let state = fakeState();
  const open = async (overrides: Partial<Services> = {}) => {
    state = fakeState();
    connected = await connect(fakeServices(overrides), state.onState);
    return connected;
  };
  afterEach(async () => {
    await connected?.close();
    expect(state.count(), 'a closed host listens to no states').toBe(0);
    connected = undefined;
  });

  test('offers the methods of the contract and onState, and nothing else', async () => {
    const { api } = await open();
    expect(Object.keys(api).sort()).toEqual([...METHOD_NAMES, 'onState'].sort());
  });

  test('a value arrives whole', async () => {
    const { api } = await open();
    expect(await api.info()).toEqual({ ok: true, value: INFO });
    expect(await api.state()).toEqual({ ok: true, value: STATE });
  });

  test('bytes, nulls and numbers beyond 32 bits arrive whole, nested too', async () => {
    const { api } = await open();
    const query: RowQuery = { session: 1, filter: 'dir:in', from: 2 ** 40, count: 1 };
    const rows = await api.rows(query);
    expect(rows).toEqual({
      ok: true,
      value: { total: 1, records: 1, from: 2 ** 40, rows: [ROW], progress: { scanned: 1, complete: true } },
    });
    const payload = await api.payload({ session: 1, seq: 0, offset: 0, length: 256 });
    expect(payload.ok && payload.value).toEqual(ALL_BYTES);
    expect(payload.ok && Object.prototype.toString.call(payload.value)).toBe('[object Uint8Array]');
  });

  test('names of strangers arrive whole', async () => {
    const { api } = await open();
    expect(await api.discover({ all: true, processes: false })).toEqual({ ok: true, value: DISCOVERY });
  });

  test('arguments arrive whole', async () => {
    const send = vi.fn<Services['send']>(() => ({ seq: 1, overwrote: false, waitedMs: 0 }));
    const { api } = await open({ send });
    expect(await api.open(OPTIONS)).toEqual({ ok: true, value: snapshotOf(OPTIONS) });
    const window = new Uint8Array([9, ...ALL_BYTES, 9]).subarray(1, 257);
    await api.send(1, window);
    expect(send).toHaveBeenCalledExactlyOnceWith(1, ALL_BYTES);
  });

  test('an empty payload arrives as one', async () => {
    const { api } = await open();
    expect(await api.send(1, new Uint8Array())).toMatchObject({ ok: true, value: { seq: 0 } });
  });

  test('a payload of 16 MiB arrives whole', async () => {
    const { api } = await open();
    const size = 16 * 1024 * 1024;
    expect(await api.send(1, new Uint8Array(size))).toMatchObject({ ok: true, value: { seq: size } });
  });

  test('a method without a value answers undefined', async () => {
    const { api } = await open();
    const result = await api.cancelReceive(1);
    expect(result.ok && result.value).toBeUndefined();
  });

  test('calls that overlap each get their own answer', async () => {
    const { api } = await open();
    const sizes = [5, 3, 9, 0, 7];
    const results = await Promise.all(sizes.map((size) => api.send(1, new Uint8Array(size))));
    expect(results.map((result) => result.ok && result.value.seq)).toEqual(sizes);
  });

  test("a service's refusal becomes its failure, with what the OS said", async () => {
    const { api } = await open();
    const os = { code: 5, message: 'Access is denied.' };
    expect(await api.sendClose(1)).toEqual({
      ok: false,
      failure: { code: 'os-error', message: 'Windows refused.', os },
    });
  });

  test('a service that breaks becomes the failure "internal"', async () => {
    const { api } = await open();
    const result = await api.close(1);
    expect(result).toMatchObject({ ok: false, failure: { code: 'internal' } });
    expect(!result.ok && result.failure.message).toContain('a handle was lost');
  });

  test('invalid arguments are refused with the sentence that says why, and reach no service', async () => {
    const send = vi.fn<Services['send']>();
    const { api } = await open({ send });
    const refused = await api.send(0, new Uint8Array());
    expect(refused).toMatchObject({ ok: false, failure: { code: 'invalid-argument' } });
    expect(!refused.ok && refused.failure.message).toContain('Session must be at least 1.');
    const wrong = await api.open({ ...OPTIONS, layout: 'auto' });
    expect(!wrong.ok && wrong.failure.message).toContain('A server chooses its layout');
    const loose = api as unknown as Record<string, (...args: unknown[]) => Promise<{ ok: boolean }>>;
    for (const args of [[], [1], [1, 'text'], [1, [1, 2]], [1, new Uint8Array(), 'more'], [null, null]]) {
      expect(await loose.send?.(...args), JSON.stringify(args)).toMatchObject({ ok: false });
    }
    expect(send).not.toHaveBeenCalled();
  });

  test("what can't cross ends as a failure and leaves the next call unharmed", async () => {
    const { api } = await open();
    const loose = api as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    expect(await loose.send?.(1, () => 1)).toMatchObject({ ok: false });
    expect(await api.info()).toMatchObject({ ok: true });
  });

  test('names that every object has are no methods', async () => {
    const services = fakeServices();
    const called = vi.fn();
    Object.assign(services, { onState: called, noSuch: called });
    const { api, post } = await open(services);
    for (const method of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'onState', '', 'noSuch']) {
      post({ id: 1, method, args: [] });
    }
    expect(await api.info()).toMatchObject({ ok: true });
    expect(called).not.toHaveBeenCalled();
  });

  test('states reach every listener, in order, until its undo', async () => {
    const { api } = await open();
    const first: StateEvent[] = [];
    const second: StateEvent[] = [];
    const undo = api.onState((event) => first.push(event));
    api.onState((event) => second.push(event));
    const event = (bytes: number): StateEvent => ({ ...STATE, capture: { state: 'capturing', bytes } });
    state.emit(event(1));
    state.emit(event(2));
    await vi.waitFor(() => expect(second).toEqual([event(1), event(2)]));
    expect(first).toEqual(second);
    undo();
    state.emit(event(3));
    await vi.waitFor(() => expect(second).toHaveLength(3));
    expect(first).toHaveLength(2);
  });

  test('one listener given twice hears everything twice, and its first undo ends one of them', async () => {
    const { api } = await open();
    const heard = vi.fn();
    const undo = api.onState(heard);
    api.onState(heard);
    undo();
    state.emit(STATE);
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1));
  });
});
