import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Discovery, FoundSection } from '../shared/discovery.ts';
import type { ChannelSession } from '../shared/session.ts';
import { CrosstalkWatch } from './crosstalk.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const session = (id: number, section: string, events: [string, string], anomalies = 0): ChannelSession =>
  ({ id, section, eventS2c: events[0], eventC2s: events[1], state: 'open', counts: { anomalies } }) as ChannelSession;
const found = (name: string, events: [string, string], evidence: FoundSection['events']['evidence']): FoundSection =>
  ({ name, events: { s2c: events[0], c2s: events[1], evidence } }) as FoundSection;

/** What is reported about these sessions and channels, as session and sentence. */
function watched(sessions: ChannelSession[], channels: FoundSection[]) {
  const told: [number, string][] = [];
  let looks = 0;
  const watch = new CrosstalkWatch({
    snapshots: () => sessions,
    discover: async () => {
      looks++;
      return { channels } as unknown as Discovery;
    },
    tell: async (id, detail) => void told.push([id, detail]),
  });
  const pass = async (ms: number) => {
    watch.changed();
    await vi.advanceTimersByTimeAsync(ms);
  };
  return { told, pass, watch, looks: () => looks };
}

test('two sessions on one pair of events are reported, each with both channels', async () => {
  const [one, other] = [session(1, 'Local\\A', ['Local\\x', 'Local\\y']), session(2, 'B', ['x', 'y'])];
  const { told, pass } = watched([one, other], []);
  await pass(100);
  expect(told.map(([id]) => id)).toEqual([1, 2]);
  for (const [, detail] of told) for (const name of ['"A"', '"B"', '"x"', '"y"']) expect(detail).toContain(name);
});

test('so is a channel of other programs, where a process holds its events, once', async () => {
  const sessions = [session(1, 'A', ['x', 'y'])];
  const { told, pass } = watched(sessions, [
    found('Local\\B', ['Local\\x', 'Local\\z'], 'held'),
    found('Local\\C', ['Local\\x', 'Local\\y'], 'default'),
    found('Local\\A', ['Local\\x', 'Local\\y'], 'held'),
    found('Local\\D', ['Local\\p', 'Local\\q'], 'held'),
  ]);
  await pass(100);
  sessions[0] = session(1, 'A', ['x', 'y'], 1);
  await pass(10_000);
  expect(told).toEqual([[1, expect.stringMatching(/^The channels "A" and "B" use the same event "x":/)]]);
});

test('a session that does not name its events has those that a process holds for its channel', async () => {
  const { told, pass } = watched(
    [session(1, 'A', ['', ''])],
    [found('Local\\A', ['Local\\x', 'Local\\y'], 'held'), found('Local\\B', ['Local\\x', 'Local\\y'], 'held')],
  );
  await pass(100);
  expect(told).toEqual([[1, expect.stringMatching(/^The channels "A" and "B" use the same events "x" and "y":/)]]);
});

test('nothing is looked for while no session opens and none meets an anomaly', async () => {
  const sessions = [session(1, 'A', ['x', 'y'])];
  const { pass, looks } = watched(sessions, []);
  for (let turn = 0; turn < 10; turn++) await pass(1000);
  expect(looks()).toBe(1);
  sessions[0] = session(1, 'A', ['x', 'y'], 1);
  for (let turn = 0; turn < 10; turn++) await pass(1000);
  expect(looks()).toBe(2);
});
