import { describe, expect, test } from 'vitest';
import { LAYOUTS } from '../../shared/domain.ts';
import { seededRandom } from '../../shared/seeded-random.testing.ts';
import { anyLayout, beginning, CrateChannel, join, nuls, someChannel, step, text } from './crate-channel.testing.ts';
import { weighLayouts } from './layout-evidence.ts';
import { FakeMemory, utf8 } from './testing.ts';

const weighed = ({ sample, memory }: CrateChannel) => weighLayouts(sample, memory.bytes.length);

describe.each(LAYOUTS)('of a channel in layout %s', (layout) => {
  test('no verdict that is certain is wrong, whatever was sent, read, said goodbye to or taken over', () => {
    const roll = seededRandom(LAYOUTS.indexOf(layout) + 1);
    let certain = 0;
    for (let round = 0; round < 4000; round++) {
      const used = () => {
        const channel = someChannel(roll, anyLayout(roll));
        for (let steps = roll(6); steps > 0; steps--) step(roll, channel);
        return channel.memory;
      };
      const channel = someChannel(roll, layout, roll(4) === 0 ? used() : undefined);
      for (let steps = roll(6); steps > 0; steps--) step(roll, channel);
      const verdict = weighed(channel);
      if (verdict.certainty !== 'certain') continue;
      certain++;
      if (verdict.layout !== layout)
        expect.fail(`round ${round}: ${JSON.stringify(verdict)}, ${[...channel.memory.bytes.subarray(0, 64)]}`);
    }
    expect(certain).toBeGreaterThan(2000);
  });

  test('every text that was sent makes the verdict certain', () => {
    const roll = seededRandom(99);
    for (let round = 0; round < 500; round++) {
      const channel = new CrateChannel(layout);
      const lane = roll(2) === 0 ? 's2c' : 'c2s';
      channel.send(lane, text(roll, 1 + roll(round % 2 === 0 ? 30 : 16384)));
      if (roll(2) === 0) channel.read(lane);
      expect(weighed(channel)).toMatchObject({ certainty: 'certain', layout });
    }
  });
});

test.each(LAYOUTS)(
  'texts of %s peers that leave the rest of the buffer as it was make no certain verdict wrong',
  (layout) => {
    const roll = seededRandom(7);
    for (let round = 0; round < 2000; round++) {
      const channel = new CrateChannel(layout);
      channel.zeroes = false;
      for (let sends = 1 + roll(6); sends > 0; sends--)
        channel.send(roll(2) === 0 ? 's2c' : 'c2s', text(roll, roll(3) === 0 ? roll(4) : roll(60)));
      const verdict = weighed(channel);
      if (verdict.certainty === 'certain') expect(verdict.layout).toBe(layout);
    }
  },
);

test("a fixed64 server's hello is no message of five NULs in a fixed one: bytes stand behind it", () => {
  const verdict = weighed(new CrateChannel('fixed64').send('s2c', utf8('hello')));
  expect(verdict).toMatchObject({
    certainty: 'certain',
    layout: 'fixed64',
    candidates: [
      { layout: 'fixed64', standing: 'fits', for: [{ from: 24, to: 29 }] },
      { layout: 'fixed', standing: 'leftovers' },
      { layout: 'sized', standing: 'contradicted' },
    ],
  });
  expect(verdict.candidates[1]?.against[0]).toMatchObject({
    text: expect.stringContaining('more follows it (bytes 24 to 28)'),
    from: 24,
    to: 29,
  });
});

describe('a verdict is only probable', () => {
  test('for a message that ends in NULs, which the other layout would have begin with eight', () => {
    const verdict = weighed(new CrateChannel('fixed64').send('s2c', join(utf8('name'), nuls(60))));
    expect(verdict).toMatchObject({ certainty: 'probable', layout: 'fixed64' });
    expect(verdict.candidates[1]).toMatchObject({ layout: 'fixed', standing: 'doubtful' });
    expect(verdict.candidates[1]?.against[0]?.text).toContain('begins with 8 NULs');
  });

  test('where a size stands in a section of another, beside bytes that nobody of the crate leaves', () => {
    const channel = new CrateChannel('sized', 64, { over: new FakeMemory(9000) });
    channel.memory.put(12, 65);
    expect(weighed(channel)).toMatchObject({ certainty: 'probable', layout: 'sized' });
  });
});

describe('there is no verdict', () => {
  test.each([
    ['when nothing was sent', () => new CrateChannel('fixed')],
    ['when an empty message was sent', () => new CrateChannel('fixed64').send('s2c', nuls(0))],
    ['when only NULs were sent', () => new CrateChannel('fixed64').send('s2c', nuls(5)).read('s2c')],
    ['when the server only said exit', () => new CrateChannel('fixed').exit('s2c')],
  ])('%s', (_, channel) => {
    const { certainty, layout, candidates } = weighed(channel());
    expect([certainty, layout]).toEqual(['undecided', null]);
    expect(candidates.slice(0, 2).map((each) => each.layout)).toEqual(['fixed64', 'fixed']);
  });
});

test.each([0, 1, 16, 24, 4096, 32784])('%i bytes of anything are weighed without a fault', (length) => {
  const roll = seededRandom(length + 5);
  for (let round = 0; round < 300; round++) {
    const bytes = Uint8Array.from({ length }, () => (roll(3) === 0 ? roll(256) : 0));
    expect(weighLayouts(beginning(bytes), length).candidates).toHaveLength(3);
  }
});
