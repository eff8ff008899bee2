import * as v from 'valibot';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStored } from './stored-store.ts';

const kept = new Map<string, string>();
let window: EventTarget;
beforeEach(() => {
  kept.clear();
  window = new EventTarget();
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: vi.fn((key: string, text: string) => kept.set(key, text)),
    removeItem: (key: string) => kept.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

const listOf = () =>
  createStored<readonly string[]>({ key: 'list', schema: v.array(v.string()), what: 'list', fallback: [] });

/** What the browser does in this window when another one has written. */
function writtenElsewhere(text: string | null, key: string | null = 'list') {
  if (text === null) kept.delete('list');
  else kept.set('list', text);
  window.dispatchEvent(Object.assign(new Event('storage'), { key }));
}

test('what another window has written is taken over, and added to rather than undone', () => {
  const store = listOf();
  writtenElsewhere('["theirs"]');
  expect(store.getState()).toEqual(['theirs']);
  expect(localStorage.setItem).not.toHaveBeenCalled();
  store.setState([...store.getState(), 'ours'], true);
  expect(kept.get('list')).toBe('["theirs","ours"]');
});

test('what another window has removed, by itself or with everything else, is gone here too', () => {
  const store = listOf();
  store.setState(['ours'], true);
  writtenElsewhere(null);
  expect(store.getState()).toEqual([]);
  store.setState(['ours'], true);
  writtenElsewhere(null, null);
  expect(store.getState()).toEqual([]);
});

test('what is kept under another key is no concern', () => {
  const store = listOf();
  writtenElsewhere('["theirs"]', 'other');
  expect(store.getState()).toEqual([]);
});
