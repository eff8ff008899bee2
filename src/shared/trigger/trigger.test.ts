import { expect, test } from 'vitest';
import { completeTrigger, highlightTrigger, splitTrigger } from './trigger.ts';

test.each([
  ['size:>1k', 'size:>1k', { type: 'level' }],
  ['size:>1k rising', 'size:>1k', { type: 'rising' }],
  ['kind:anomaly or "x" FALLING ', 'kind:anomaly or "x"', { type: 'falling' }],
  ['size:>1k for 3', 'size:>1k', { type: 'row', times: 3 }],
  ['"price rising"', '"price rising"', { type: 'level' }],
])('%s is a filter and when it triggers', (text, filter, edge) => {
  expect(splitTrigger(text)).toEqual({ ok: true, filter, edge });
});

test.each([
  ['', 'Say which records'],
  [' rising', 'Say which records'],
  ['size:>1k for', 'for needs a number'],
  ['size:>1k for 0', 'for needs a number'],
])('%j is refused', (text, saying) => {
  const split = splitTrigger(text);
  expect(!split.ok && split.error.message).toContain(saying);
});

test('what is written is coloured and completed, when it triggers too', () => {
  const kinds = highlightTrigger('kind:exit rising').map(({ kind }) => kind);
  expect(kinds.at(-1)).toBe('operator');
  const offers = (text: string) => completeTrigger(text, text.length).map((each) => each.text);
  expect(offers('size:>1k ri')).toContain('rising');
  expect(offers('ri')).not.toContain('rising');
});
