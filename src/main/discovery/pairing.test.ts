import { expect, test } from 'vitest';
import { laneInName, pairByNames, sharedEvents } from './pairing.ts';

const paired = (sections: string[], events: string[]) =>
  Object.fromEntries(
    [...pairByNames(sections, events)].map(([section, { s2c, c2s, evidence }]) => [section, [s2c, c2s, evidence]]),
  );

test.each([
  ['Local\\MyEventS2C', 's2c'],
  ['Local\\orders_c2s', 'c2s'],
  ['Orders2C2S', 'c2s'],
  ['Global\\Orders server-to-client', 's2c'],
  ['ClientToServer orders', 'c2s'],
  ['Local\\S2C\\Orders', null],
  ['Orders', null],
])('the name %j tells the lane %j', (name, lane) => {
  expect(laneInName(name)).toBe(lane);
});

test('the crate’s fixed events are those of every section that has no others', () => {
  const events = ['Local\\MyEventS2C', 'Local\\MyEventC2S', 'Local\\OrdersS2C', 'Local\\OrdersC2S'];
  expect(paired(['Local\\MySharedMemory', 'Global\\Other', 'Local\\Orders'], events)).toEqual({
    'Local\\MySharedMemory': ['Local\\MyEventS2C', 'Local\\MyEventC2S', 'default'],
    'Global\\Other': ['Local\\MyEventS2C', 'Local\\MyEventC2S', 'default'],
    'Local\\Orders': ['Local\\OrdersS2C', 'Local\\OrdersC2S', 'similar'],
  });
});

test('events that are named like a section are its, whatever stands between', () => {
  const events = ['Local\\Orders Event S2C', 'Local\\orders-event-c2s', 'Local\\other'];
  expect(paired(['Local\\OrdersEvent'], events)).toEqual({
    'Local\\OrdersEvent': ['Local\\Orders Event S2C', 'Local\\orders-event-c2s', 'similar'],
  });
  expect(paired(['Local\\Orders'], events)['Local\\Orders']?.[2]).toBe('similar');
});

test('a pair goes to the section that it is named after, and to no second one', () => {
  const events = ['Local\\OrdersS2C', 'Local\\OrdersC2S'];
  expect(paired(['Local\\OrdersArchive', 'Local\\Orders'], events)).toEqual({
    'Local\\Orders': ['Local\\OrdersS2C', 'Local\\OrdersC2S', 'similar'],
  });
});

test('names of another name space are no pair, and one event is half of one', () => {
  expect(paired(['Global\\Orders', 'Local\\Trades'], ['Local\\OrdersS2C', 'Local\\TradesC2S'])).toEqual({
    'Local\\Trades': [null, 'Local\\TradesC2S', 'similar'],
  });
});

test('10,000 hostile names are paired without an exception', () => {
  const names = Array.from(
    { length: 10_000 },
    (_, i) => `Local\\\ud800${'s2c'.repeat(i % 7)}${String.fromCharCode(i)}`,
  );
  expect(() => pairByNames(names.slice(0, 500), names)).not.toThrow();
});

test('sections on one pair of events are reported together', () => {
  const own = { s2c: 'a', c2s: 'b', evidence: 'similar' } as const;
  const fixed = { s2c: 'x', c2s: 'y', evidence: 'default' } as const;
  const none = { s2c: null, c2s: null, evidence: null } as const;
  const channels = [fixed, own, fixed, none, none].map((events, index) => ({ id: `${index}`, events }));
  expect(sharedEvents(channels)).toEqual([{ events: { s2c: 'x', c2s: 'y' }, sections: ['0', '2'] }]);
});
