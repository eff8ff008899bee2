import * as v from 'valibot';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { KeptKey, KeptText, KeptTexts } from '../../../shared/kept.ts';

/** A host that keeps values, and the modules of a window, freshly loaded. */
class FakeHost {
  readonly kept = new Map<KeptKey, KeptText>();
  readonly aside: string[] = [];
  connected = true;
  #version = 1;

  readonly api = {
    keep: vi.fn(async (key: KeptKey, bytes: Uint8Array) => {
      if (!this.connected) return { ok: false, failure: { code: 'disconnected', message: 'gone' } } as const;
      return { ok: true, value: this.put(key, new TextDecoder().decode(bytes)) } as const;
    }),
    kept: async (key: KeptKey) => ({ ok: true, value: this.kept.get(key) ?? { text: null, version: 0 } }) as const,
    setAsideKept: async (key: KeptKey) => {
      this.aside.push(this.kept.get(key)?.text ?? '');
      this.kept.delete(key);
      return { ok: true, value: `/kept/${key}.damaged.json` } as const;
    },
  };

  put(key: KeptKey, text: string): number {
    this.#version += 1;
    this.kept.set(key, { text, version: this.#version });
    return this.#version;
  }

  page(): KeptTexts {
    return Object.fromEntries(this.kept);
  }

  text(key: KeptKey): string | undefined {
    return this.kept.get(key)?.text ?? undefined;
  }
}

let host: FakeHost;
const browser = new Map<string, string>();
beforeEach(() => {
  host = new FakeHost();
  browser.clear();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => browser.get(key) ?? null,
    setItem: (key: string, text: string) => browser.set(key, text),
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A window that is loaded now. */
async function load() {
  vi.resetModules();
  const content = JSON.stringify(host.page());
  vi.stubGlobal('document', { querySelector: (what: string) => (what === 'meta[name=kept]' ? { content } : null) });
  const leaving: (() => void)[] = [];
  vi.stubGlobal('addEventListener', (name: string, act: () => void) => name === 'pagehide' && leaving.push(act));
  const { preference } = await import('./preference.ts');
  const { followKept } = await import('./kept.ts');
  const { useHost } = await import('../host-store.ts');
  const { useNotices } = await import('../notices-store.ts');
  const list = () =>
    preference<readonly string[]>('sent', v.array(v.string()), [], (kept, earlier) => [...kept, ...earlier]);
  const word = () => preference<'a' | 'b'>('time-mode', v.picklist(['a', 'b']), 'a');
  /** What the host's states tell all windows. */
  const hear = async () => {
    const kept = Object.fromEntries([...host.kept].map(([key, { version }]) => [key, version]));
    useHost.setState({ kept });
    await settled();
  };
  return {
    list,
    word,
    hear,
    settled,
    follow: () => followKept(host.api as never),
    reconnect: () => {
      useHost.setState({ connection: 'disconnected' });
      useHost.setState({ connection: 'connected' });
    },
    notices: () => useNotices.getState().notices,
    leave: () => {
      for (const act of leaving) act();
    },
  };
}
const settled = () => vi.advanceTimersByTimeAsync(0);

test('a store begins with what the page brought, before there is any host', async () => {
  host.put('sent', '["kept"]');
  const { list } = await load();
  expect(list().getState()).toEqual(['kept']);
});

test('what is set is kept, and there when the window is loaded again', async () => {
  const { list, follow } = await load();
  const store = list();
  follow();
  store.setState(['ours'], true);
  await settled();
  expect(host.text('sent')).toBe('["ours"]');
  expect((await load()).list().getState()).toEqual(['ours']);
});

test('what another window keeps is taken over, and added to rather than undone', async () => {
  const { list, follow, hear } = await load();
  const store = list();
  follow();
  host.put('sent', '["theirs"]');
  await hear();
  expect(store.getState()).toEqual(['theirs']);
  expect(host.api.keep).not.toHaveBeenCalled();
  store.setState([...store.getState(), 'ours'], true);
  await settled();
  expect(host.text('sent')).toBe('["theirs","ours"]');
});

test('what is removed elsewhere is gone here', async () => {
  host.put('sent', '["kept"]');
  const { list, follow, hear } = await load();
  const store = list();
  follow();
  host.kept.clear();
  await hear();
  expect(store.getState()).toEqual([]);
});

test('a state that was on its way when something was set does not undo it', async () => {
  const { list, follow, hear } = await load();
  const store = list();
  follow();
  host.put('sent', '["theirs"]');
  store.setState(['ours'], true);
  await hear();
  expect(store.getState()).toEqual(['ours']);
  expect(host.text('sent')).toBe('["ours"]');
});

test('a value that changes all the time is written four times a second, and its last is never lost', async () => {
  const { list, follow } = await load();
  const store = list();
  follow();
  for (let n = 0; n < 100; n++) {
    store.setState([String(n)], true);
    await vi.advanceTimersByTimeAsync(10);
  }
  await vi.advanceTimersByTimeAsync(250);
  expect(host.api.keep.mock.calls.length).toBeLessThanOrEqual(6);
  expect(host.text('sent')).toBe('["99"]');
});

test('what waits for its turn is given to the host when the page is left', async () => {
  const { list, follow, leave } = await load();
  const store = list();
  follow();
  store.setState(['first'], true);
  await settled();
  store.setState(['last'], true);
  leave();
  await settled();
  expect(host.text('sent')).toBe('["last"]');
});

test('what was set while the host was gone is kept when it is there again', async () => {
  const { list, follow, reconnect } = await load();
  const store = list();
  follow();
  host.connected = false;
  store.setState(['in between'], true);
  await settled();
  expect(host.text('sent')).toBeUndefined();
  host.connected = true;
  reconnect();
  await vi.advanceTimersByTimeAsync(250);
  expect(host.text('sent')).toBe('["in between"]');
});

test.each(['{"half', '', '{"no":"list"}'])(
  'a damaged value (%j) is set aside and reported; the others stay',
  async (text) => {
    host.put('sent', text);
    host.put('time-mode', '"b"');
    const { list, word, follow, notices } = await load();
    const store = list();
    store.setState(['new'], true);
    expect(word().getState()).toBe('b');
    follow();
    await vi.advanceTimersByTimeAsync(250);
    expect(host.aside).toEqual([text]);
    expect(host.text('sent')).toBe('["new"]');
    expect(notices()).toMatchObject([
      {
        title: "Couldn't read the recently sent messages",
        about: { message: expect.stringContaining('/kept/sent.damaged.json') },
      },
    ]);
  },
);

test('a value that the host has no room for is reported', async () => {
  const { list, follow, notices } = await load();
  const store = list();
  follow();
  store.setState(['x'.repeat(9 * 1024 * 1024)], true);
  await settled();
  expect(host.api.keep).not.toHaveBeenCalled();
  expect(notices()).toMatchObject([{ title: "Couldn't save the recently sent messages" }]);
});

test('what an earlier version kept in the browser is taken over once, and stays there', async () => {
  browser.set('shmscope.sent', '["earlier"]');
  browser.set('shmscope.time-mode', 'b');
  const { list, word, follow } = await load();
  expect(list().getState()).toEqual(['earlier']);
  expect(word().getState()).toBe('b');
  follow();
  await settled();
  expect([host.text('sent'), host.text('time-mode')]).toEqual(['["earlier"]', '"b"']);
  expect(browser.get('shmscope.sent')).toBe('["earlier"]');

  host.kept.clear();
  expect((await load()).list().getState()).toEqual([]);
});

test('it is not taken for done before the host has it', async () => {
  browser.set('shmscope.sent', '["earlier"]');
  host.connected = false;
  const { list, follow } = await load();
  list();
  follow();
  await settled();
  expect((await load()).list().getState()).toEqual(['earlier']);
});

test('lists of both are one, and of what can only be one thing the kept counts', async () => {
  host.put('sent', '["kept"]');
  host.put('time-mode', '"a"');
  browser.set('shmscope.sent', '["earlier"]');
  browser.set('shmscope.time-mode', 'b');
  const { list, word } = await load();
  expect(list().getState()).toEqual(['kept', 'earlier']);
  expect(word().getState()).toBe('a');
});

test('a browser that locks its storage, or keeps nonsense, changes nothing', async () => {
  browser.set('shmscope.sent', '{"no":"list"}');
  expect((await load()).list().getState()).toEqual([]);
  vi.stubGlobal('localStorage', undefined);
  expect((await load()).list().getState()).toEqual([]);
});
