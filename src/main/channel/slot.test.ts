import { expect, test } from 'vitest';
import { LAYOUTS } from '../../shared/domain.ts';
import type { Section } from '../kernel/kernel.ts';
import { WritableHeader } from './header.ts';
import { geometry } from './layout.ts';
import { Slot } from './slot.ts';
import { FakeKernel, NAMES, utf8 } from './testing.ts';

/** `section`, and the offsets of the writes into it. */
function spied(section: Section): { section: Section; offsets: number[] } {
  const offsets: number[] = [];
  const spying = <T extends unknown[]>(work: (offset: number, ...rest: T) => void) => {
    return (offset: number, ...rest: T) => {
      offsets.push(offset);
      work(offset, ...rest);
    };
  };
  const [write, fill, storeU32] = [spying(section.write), spying(section.fill), spying(section.storeU32)];
  return { section: { ...section, write, fill, storeU32 }, offsets };
}

test.each(LAYOUTS)('in layout %s the flag is written last', (layout) => {
  const shape = geometry(layout, 64);
  const made = new FakeKernel(() => {}).createSection(NAMES.section, shape.sectionBytes);
  const { section, offsets } = spied(made.section);
  for (const lane of ['s2c', 'c2s'] as const) {
    offsets.length = 0;
    new Slot(new WritableHeader(section, shape), lane).put(utf8('message'));
    expect(offsets.indexOf(shape.spec.flag[lane])).toBe(offsets.length - 1);
    expect(offsets.indexOf(shape.spec.length[lane])).toBeGreaterThan(offsets.indexOf(shape.data[lane]));
  }
});

test('a 64-bit length beyond 32 bits is read whole', () => {
  const kernel = new FakeKernel(() => {});
  const { section } = kernel.createSection(NAMES.section, 32792);
  kernel.memory().put(8, 5, 2);
  expect(new Slot(new WritableHeader(section, geometry('fixed64', 0)), 's2c').length).toBe(2 * 2 ** 32 + 5);
});
