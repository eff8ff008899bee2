import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadWindowPlace, placeBeside, saveWindowState } from './window-state.ts';

const LEFT = { x: 0, y: 0, width: 1920, height: 1040 };
const RIGHT = { x: 1920, y: -200, width: 1280, height: 1024 };
const STATE = { x: 100, y: 80, width: 1000, height: 700, maximized: false };
const DEFAULT = { width: 1440, height: 900, maximized: false };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shmscope-window-'));
  file = join(folder, 'window.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a window comes back where it was', () => {
  saveWindowState(file, STATE);
  expect(loadWindowPlace(file, [LEFT])).toEqual(STATE);
});

test('a window on a second display comes back there', () => {
  const state = { ...STATE, x: 2000, y: -150, maximized: true };
  saveWindowState(file, state);
  expect(loadWindowPlace(file, [LEFT, RIGHT])).toEqual(state);
});

test.each([
  ['whose display is gone', { ...STATE, x: 2000 }],
  ['left of every display', { ...STATE, x: -950 }],
  ['right of every display', { ...STATE, x: 1850 }],
  ['whose title bar is above the display', { ...STATE, y: -10 }],
  ['below every display', { ...STATE, y: 1000 }],
])('a window %s gets the default place', (_where, state) => {
  saveWindowState(file, state);
  expect(loadWindowPlace(file, [LEFT])).toEqual(DEFAULT);
});

test('a window whose display is gone is maximised again if it was', () => {
  saveWindowState(file, { ...STATE, x: 5000, maximized: true });
  expect(loadWindowPlace(file, [LEFT])).toEqual({ ...DEFAULT, maximized: true });
});

test('a further window stands beside the one it was opened from, or in the middle where that would not be seen', () => {
  const { x, y, ...size } = STATE;
  expect(placeBeside(STATE, [LEFT])).toEqual({ ...size, x: x + 32, y: y + 32 });
  expect(placeBeside({ ...STATE, y: 930 }, [LEFT])).toEqual(size);
});

test.each([
  ['nothing', ''],
  ['half of it', '{"x":1,"y"'],
  ['another shape', '[]'],
  ['a size below the smallest', JSON.stringify({ ...STATE, width: 10 })],
  ['numbers that are none', JSON.stringify({ ...STATE, x: 'left' })],
  ['numbers beyond any display', JSON.stringify({ ...STATE, x: 1e300 })],
])('a file with %s is taken for none', (_what, text) => {
  writeFileSync(file, text);
  expect(loadWindowPlace(file, [LEFT])).toEqual(DEFAULT);
});

test('no file is a first start', () => {
  expect(loadWindowPlace(file, [LEFT])).toEqual(DEFAULT);
});

test('the file is replaced as a whole, and nothing stays beside it', () => {
  saveWindowState(file, STATE);
  saveWindowState(file, { ...STATE, x: 1 });
  expect(readdirSync(folder)).toEqual(['window.json']);
});

test("a place that can't be written is a warning, no failure", () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  writeFileSync(join(folder, 'a file'), '');
  saveWindowState(join(folder, 'a file', 'window.json'), STATE);
  expect(warn).toHaveBeenCalledOnce();
  warn.mockRestore();
});
