import { expect, test } from 'vitest';
import type { ChannelReading, Discovery, FoundSection } from '../../../shared/discovery.ts';
import { layoutDoubt, layoutWords } from '../../../shared/discovery-words.ts';
import { maskText, rightsText, sectionLine, slotText, troubleOf } from './words.ts';

const unused = { flag: 0, length: 0 };
const reading = (over: Partial<ChannelReading> = {}): ChannelReading => ({
  ...{ certainty: 'certain', layout: 'sized', likely: ['sized'], mismatch: null, capacity: 1024 },
  ...{ slots: { s2c: unused, c2s: unused } },
  ...over,
});
const section = (over: Partial<FoundSection> = {}): FoundSection => ({
  ...{ id: 'a', name: 'Local\\a', space: { kind: 'local' }, extent: 4096, reading: reading(), note: null },
  ...{ events: { s2c: null, c2s: null, evidence: null }, closed: null, processes: null },
  ...over,
});
const mismatch = { server: 'fixed64', client: 'fixed', sentence: 'They differ.' } as const;
const open = reading({ certainty: 'undecided', layout: null, likely: ['fixed64', 'fixed'] });
const mixed = reading({ certainty: 'contradicted', layout: null, mismatch });

test('a layout is shown with how sure it is', () => {
  const odd = reading({ certainty: 'contradicted', layout: null });
  expect([reading(), reading({ certainty: 'probable' }), open, mixed, odd].map(layoutWords)).toEqual([
    'sized',
    'probably sized',
    'fixed64 or fixed',
    'fixed64 with fixed',
    'unclear',
  ]);
  expect([reading(), open, mixed, odd].map(layoutDoubt)).toEqual([
    null,
    expect.stringContaining('the first message will show which'),
    'They differ.',
    expect.stringContaining('may use different ones'),
  ]);
});

test('a line tells the layout and both slots, or what a section is that is no channel', () => {
  const slots = { s2c: { flag: 1, length: 17 }, c2s: { flag: 9, length: 0 } };
  expect(sectionLine(section())).toBe('sized · unused');
  expect(sectionLine(section({ reading: reading({ slots }) }))).toBe('sized · S→C unread · C→S flag 9');
  expect(sectionLine(section({ reading: null, note: 'Shows a file' }))).toBe('4 KiB · Shows a file');
  expect(sectionLine(section({ reading: null, extent: null, note: 'Denied.' }))).toBe('Denied.');
});

test('a slot tells its flag and how much is in it', () => {
  expect([unused, { flag: 1, length: 17 }, { flag: 3, length: 2048 }].map(slotText)).toEqual([
    'unused',
    'unread, 17 B',
    'exit, 2 KiB',
  ]);
});

test('what is wrong with a channel is reported: layouts that differ before events that are shared', () => {
  const shared = [{ events: { s2c: 'x', c2s: 'y' }, sections: ['a', 'b'] }];
  const discovery = { shared } as unknown as Discovery;
  expect(troubleOf(section({ reading: mixed }), discovery)).toBe('different layouts');
  expect(troubleOf(section(), discovery)).toBe('shares events');
  expect(troubleOf(section({ id: 'c' }), discovery)).toBeNull();
});

test('rights leave out the question for a state where there are others, and a mask has all its digits', () => {
  expect([['read', 'write', 'query'], ['query'], []].map((rights) => rightsText(rights as never))).toEqual([
    'read, write',
    'ask',
    'none',
  ]);
  expect(maskText(0xf0007)).toBe('0x000f0007');
});
