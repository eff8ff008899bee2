import { describe, expect, test } from 'vitest';
import type { Lane, Layout } from '../../shared/domain.ts';
import { SAMPLE_BYTES, weighLayouts } from './layout-evidence.ts';
import { FakeMemory, type Roll, seededRandom, utf8 } from './testing.ts';

/** Offsets as the crate's versions have them, written down apart from the program's own. */
const WIRE = {
  fixed64: { flag: { s2c: 0, c2s: 4 }, length: { s2c: 8, c2s: 16 }, data: 24 },
  fixed: { flag: { s2c: 0, c2s: 4 }, length: { s2c: 8, c2s: 12 }, data: 16 },
  sized: { flag: { s2c: 4, c2s: 8 }, length: { s2c: 12, c2s: 16 }, data: 24 },
} as const;

/** A section as peers of the crate treat it. */
class Channel {
  readonly memory: FakeMemory;
  readonly #layout: Layout;
  readonly #size: number;
  /** A program of its own making may leave what stood in the buffer. */
  zeroes = true;

  /** The server's start; `over` is a section that exists already. */
  constructor(layout: Layout, size = 16384, over?: FakeMemory) {
    this.#layout = layout;
    this.#size = layout === 'sized' ? size : 16384;
    const bytes = WIRE[layout].data + 2 * this.#size;
    this.memory = over && over.bytes.length >= bytes ? over : new FakeMemory(bytes);
    this.memory.bytes.fill(0, 0, bytes);
    if (layout === 'sized') this.memory.put(0, size);
  }

  get room(): number {
    return this.#size;
  }

  send(lane: Lane, message: Uint8Array): this {
    const { flag, length, data } = WIRE[this.#layout];
    const begin = data + (lane === 'c2s' ? this.#size : 0);
    const sent = message.subarray(0, this.#size);
    if (this.zeroes) this.memory.bytes.fill(0, begin, begin + this.#size);
    this.memory.bytes.set(sent, begin);
    this.memory.put(length[lane], sent.byteLength);
    this.memory.put(flag[lane], 1);
    return this;
  }

  mark(lane: Lane, flag: 2 | 3): this {
    this.memory.put(WIRE[this.#layout].flag[lane], flag);
    return this;
  }

  weighed() {
    return weighLayouts(this.memory.bytes.subarray(0, SAMPLE_BYTES), this.memory.bytes.length);
  }
}

const numbers = (...values: number[]) => new Uint8Array(Uint32Array.from(values).buffer);
const nuls = (count: number) => new Uint8Array(count);
const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const text = (roll: Roll, length: number) => Uint8Array.from({ length }, () => 32 + roll(95));

/** What programs send, and what would best be taken for a header. */
function payload(roll: Roll, room: number): Uint8Array {
  const length = [roll(8), roll(40), roll(300), room - roll(20), room][roll(5)] as number;
  switch (roll(9)) {
    case 0:
      return nuls(Math.max(0, length));
    case 1:
      return Uint8Array.from({ length: Math.max(0, length) }, () => roll(256));
    case 2:
      return join(nuls(8 * roll(4)), text(roll, roll(20)));
    case 3:
      return join(text(roll, roll(20)), nuls(roll(60)));
    case 4:
      return numbers(...Array.from({ length: roll(8) }, () => roll(4)));
    case 5:
      return numbers(roll(17000), 0, roll(4), roll(4), roll(40), 0);
    case 6:
      return join(numbers(64 + roll(20000), roll(4), roll(4), roll(30), roll(30), 0), nuls(roll(9)));
    case 7:
      return join(numbers(roll(30), 0), nuls(roll(20)), text(roll, roll(12)));
    default:
      return text(roll, Math.max(0, length));
  }
}

function someChannel(roll: Roll, layout: Layout, over?: FakeMemory): Channel {
  const size = [1 + roll(70), 64 + roll(4000), 16384, 16300 + roll(2200), 40_000][roll(5)];
  const channel = new Channel(layout, size, over);
  for (let steps = roll(6); steps > 0; steps--) {
    const lane = roll(2) === 0 ? 's2c' : 'c2s';
    if (roll(8) === 0) channel.mark(lane, 3);
    else channel.send(lane, payload(roll, channel.room));
    if (roll(3) > 0) channel.mark(lane, 2);
  }
  return channel;
}

const LAYOUTS = ['fixed64', 'fixed', 'sized'] as const;

describe.each(LAYOUTS)('of a channel in layout %s', (layout) => {
  test('no verdict that is certain is wrong, whatever was sent, read, said goodbye to or taken over', () => {
    const roll = seededRandom(LAYOUTS.indexOf(layout) + 1);
    let certain = 0;
    for (let round = 0; round < 4000; round++) {
      const before = roll(4) === 0 ? someChannel(roll, LAYOUTS[roll(3)] as Layout).memory : undefined;
      const channel = someChannel(roll, layout, before);
      const verdict = channel.weighed();
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
      const channel = new Channel(layout);
      const lane = roll(2) === 0 ? 's2c' : 'c2s';
      channel.send(lane, text(roll, 1 + roll(round % 2 === 0 ? 30 : 16384)));
      if (roll(2) === 0) channel.mark(lane, 2);
      expect(channel.weighed()).toMatchObject({ certainty: 'certain', layout });
    }
  });
});

test.each(LAYOUTS)(
  'texts of %s peers that leave the rest of the buffer as it was make no certain verdict wrong',
  (layout) => {
    const roll = seededRandom(7);
    for (let round = 0; round < 2000; round++) {
      const channel = new Channel(layout);
      channel.zeroes = false;
      for (let sends = 1 + roll(6); sends > 0; sends--)
        channel.send(roll(2) === 0 ? 's2c' : 'c2s', text(roll, roll(3) === 0 ? roll(4) : roll(60)));
      const verdict = channel.weighed();
      if (verdict.certainty === 'certain') expect(verdict.layout).toBe(layout);
    }
  },
);

test("a fixed64 server's hello is no message of five NULs in a fixed one: bytes stand behind it", () => {
  const verdict = new Channel('fixed64').send('s2c', utf8('hello')).weighed();
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
    text: expect.stringContaining('behind it stands more (bytes 24 to 28)'),
    from: 24,
    to: 29,
  });
});

describe('a verdict is only probable', () => {
  test('for a message that ends in NULs, which the other layout would have begin with eight', () => {
    const verdict = new Channel('fixed64').send('s2c', join(utf8('name'), nuls(60))).weighed();
    expect(verdict).toMatchObject({ certainty: 'probable', layout: 'fixed64' });
    expect(verdict.candidates[1]).toMatchObject({ layout: 'fixed', standing: 'doubtful' });
    expect(verdict.candidates[1]?.against[0]?.text).toContain('begins with 8 NULs');
  });

  test('where a size stands in a section of another, beside bytes that nobody of the crate leaves', () => {
    const channel = new Channel('sized', 64, new FakeMemory(9000));
    channel.memory.put(12, 65);
    expect(channel.weighed()).toMatchObject({ certainty: 'probable', layout: 'sized' });
  });
});

describe('there is no verdict', () => {
  test.each([
    ['when nothing was sent', () => new Channel('fixed')],
    ['when an empty message was sent', () => new Channel('fixed64').send('s2c', nuls(0))],
    ['when only NULs were sent', () => new Channel('fixed64').send('s2c', nuls(5)).mark('s2c', 2)],
    ['when the server only said exit', () => new Channel('fixed').mark('s2c', 3)],
  ])('%s', (_, channel) => {
    const { certainty, layout, candidates } = channel().weighed();
    expect([certainty, layout]).toEqual(['undecided', null]);
    expect(candidates.slice(0, 2).map((each) => each.layout)).toEqual(['fixed64', 'fixed']);
  });
});

test.each([0, 1, 16, 24, 4096, 32784])('%i bytes of anything are weighed without a fault', (length) => {
  const roll = seededRandom(length + 5);
  for (let round = 0; round < 300; round++) {
    const bytes = Uint8Array.from({ length }, () => (roll(3) === 0 ? roll(256) : 0));
    expect(weighLayouts(bytes, length).candidates).toHaveLength(3);
  }
});
