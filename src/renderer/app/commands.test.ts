import { expect, test, vi } from 'vitest';

vi.hoisted(() => {
  const media = { matches: false, addEventListener: () => {} };
  vi.stubGlobal('window', { matchMedia: () => media });
  vi.stubGlobal('document', { documentElement: { dataset: {} }, querySelector: () => null });
});

import { composerCommands } from '../features/composer/composer-commands.ts';
import { logCommands } from '../features/log/log-commands.ts';
import { receiveCommands } from '../features/receive/receive-commands.ts';
import { scopeCommands } from '../features/timeline/timeline-commands.ts';
import { canonical } from '../kit/commands/keys.ts';
import { windowCommands } from './window-commands.ts';

/** What the lists are built with; only later actions would call it. */
const anything = {} as never;
const commands = [
  ...windowCommands(anything),
  ...logCommands(anything),
  ...composerCommands(anything),
  ...receiveCommands(1, anything),
  ...scopeCommands(1, null, false, anything).list,
];

test('no two commands have one id', () => {
  expect(commands.length).toBeGreaterThan(50);
  expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
});

test('no two commands have the same keys, but for two that are never there at once', () => {
  const able = commands.filter(({ keys, local }) => keys !== undefined && !local);
  const groups = Object.values(Object.groupBy(able, ({ keys }) => canonical(keys ?? '')));
  const shared = groups.map((group = []) => group.map(({ id }) => id)).filter((ids) => ids.length > 1);
  expect(shared).toEqual([['receive', 'stop-receiving']]);
});
