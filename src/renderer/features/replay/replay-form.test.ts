import { expect, test } from 'vitest';
import { checkReplayForm, emptyReplayForm, type Recorded, type ReplayForm } from './replay-form.ts';

const recorded: Recorded = { selection: [7, 9], committed: 12, filter: 'dir:out', encoding: 'utf-8' };
const check = (change: Partial<ReplayForm>) => checkReplayForm({ ...emptyReplayForm(false), ...change }, recorded);

test('all records that there are are replayed, or those from the first to the last that is selected', () => {
  expect(check({}).plan).toMatchObject({ from: 0, to: 11 });
  expect(check({ selected: true }).plan).toMatchObject({ from: 7, to: 9 });
});

test('the log’s filter counts only where it is asked for', () => {
  expect(check({}).plan).not.toHaveProperty('filter');
  expect(check({ filtered: true }).plan).toMatchObject({ filter: 'dir:out', encoding: 'utf-8' });
});

test('each timing has what belongs to it', () => {
  expect(check({ how: 'lockstep' }).plan?.timing).toEqual({ how: 'lockstep' });
  expect(check({ how: 'original', speed: '2.5x' }).plan?.timing).toEqual({ how: 'original', speed: 2.5 });
  expect(check({ how: 'rate', perSecond: '20' }).plan?.timing).toEqual({ how: 'rate', perSecond: 20 });
});

test('fields that may differ are told apart by commas and lines', () => {
  expect(check({ ignore: ' a.b, c[].d\n\ne ,' }).plan?.ignore).toEqual(['a.b', 'c[].d', 'e']);
});

test.each<[Partial<ReplayForm>, string, RegExp]>([
  [{ how: 'original', speed: '' }, 'timing', /speed/],
  [{ how: 'rate', perSecond: '0' }, 'timing', /rate/i],
  [{ loops: 'x' }, 'loops', /loops/],
  [{ timeoutMs: '0' }, 'timeoutMs', /timeout/],
])('%j is refused at its field', (change, field, sentence) => {
  const { plan, fields } = check(change);
  expect(plan).toBeNull();
  expect(fields[field as keyof typeof fields]).toMatch(sentence);
});
