import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../shared/settings.ts';
import { SettingsStore } from './settings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shmscope-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const OTHERS = { retention: { maxBytes: null, maxAgeDays: 7 } };

test('are the defaults until they are set, and then what was set, also after a restart', () => {
  const store = new SettingsStore(join(folder, 'new'));
  expect(store.state).toEqual({ settings: DEFAULT_SETTINGS, problem: null });
  store.set(OTHERS);
  expect(new SettingsStore(join(folder, 'new')).state).toEqual({ settings: OTHERS, problem: null });
  expect(readdirSync(join(folder, 'new'))).toEqual(['settings.json']);
});

test('that another process on the same folder sets hold here too', () => {
  const [ours, theirs] = [new SettingsStore(folder), new SettingsStore(folder)];
  expect(ours.state.settings).toEqual(DEFAULT_SETTINGS);
  theirs.set(OTHERS);
  expect(ours.state.settings).toEqual(OTHERS);
});

test.each(['', '{', 'null', '[]', '{"retention":{"maxBytes":-1,"maxAgeDays":null}}', '{"retention":{}}', '\0'])(
  'that make no sense (%j) remove nothing and say why, and their file stays',
  (text) => {
    writeFileSync(join(folder, 'settings.json'), text);
    const { settings, problem } = new SettingsStore(folder).state;
    expect(settings).toEqual({ retention: { maxBytes: null, maxAgeDays: null } });
    expect(problem).toContain(join(folder, 'settings.json'));
    expect(readFileSync(join(folder, 'settings.json'), 'utf8')).toBe(text);
  },
);

test("that can't be kept are an error, and the old ones stay", () => {
  mkdirSync(join(folder, 'settings.json'));
  const store = new SettingsStore(folder);
  expect(() => store.set(OTHERS)).toThrow(/can't be saved to .*settings\.json/);
  expect(store.state.settings).not.toEqual(OTHERS);
  expect(readdirSync(folder)).toEqual(['settings.json']);
});

test('of the version before are read as they are', () => {
  const { settings, problem } = new SettingsStore(join(import.meta.dirname, 'fixtures')).state;
  expect([settings, problem]).toEqual([{ retention: { maxBytes: 5_000_000_000, maxAgeDays: 30 } }, null]);
});
