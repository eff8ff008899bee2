import { expect, test } from 'vitest';
import { eachStep } from './model.ts';
import { textBytes } from './payload.ts';
import { readScenario } from './read.ts';
import { SavedScenario } from './save.ts';

const NONE = new Uint8Array();
type Record = Parameters<SavedScenario['record']>[0];
const record = (kind: Record['kind'], lane: Record['lane'], bytes = NONE, more: Partial<Record> = {}): Record => ({
  ...{ kind, lane, bytes, code: null, detail: null, ...more },
});

function saved(role: 'server' | 'client' | 'tap', ...records: Record[]): string {
  const scenario = new SavedScenario(role);
  const parts = [scenario.head('Local\\Orders'), ...records.map((each) => scenario.record(each)), scenario.foot()];
  return parts.join('');
}

test('what was recorded is sent and expected again, in its order, by both ends', () => {
  const text = saved(
    'server',
    record('opened', null),
    record('message', 's2c', textBytes('say "hi" – ☃')),
    record('message', 'c2s', Uint8Array.of(0, 255)),
    record('timeout', 'c2s'),
    record('timeout', 'c2s'),
    record('anomaly', 'c2s', NONE, { code: 'overrun', detail: 'a\nsteps: []' }),
    record('message', 'c2s', textBytes('{{n}}')),
    record('exit', 'c2s'),
  );
  const { scenarios, problems } = readScenario(text, 's.yaml');
  expect(problems).toEqual([]);
  const steps = [...eachStep(scenarios[0]?.steps ?? [])].map(({ step }) => step);
  expect(steps).toMatchObject([
    { do: 'send', session: 'server', payload: { text: 'say "hi" – ☃' } },
    { do: 'expect', session: 'client', expected: { text: 'say "hi" – ☃' } },
    { do: 'send', session: 'client', payload: { kind: 'hex', text: '00 ff' } },
    { do: 'expect', session: 'server', expected: { hex: '00 ff' } },
    { do: 'expect-timeout', session: 'server' },
    { do: 'send', session: 'client', payload: { kind: 'hex' } },
    { do: 'expect', session: 'server' },
    { do: 'send-close', session: 'client' },
    { do: 'expect-exit', session: 'server' },
  ]);
  expect(text).toContain('  # anomaly overrun: a steps: []\n');
});

test('messages larger than usual have room, and where there is nothing to do it is a scenario too', () => {
  const large = readScenario(saved('tap', record('message', 's2c', new Uint8Array(20_000))), 's.yaml');
  expect(large.scenarios[0]?.channels).toEqual({ main: { 'buffer-size': 20_000 } });
  const empty = readScenario(saved('tap', record('timeout', 's2c')), 's.yaml');
  expect(empty.scenarios[0]?.steps).toMatchObject([{ do: 'wait' }]);
});
