import { describe, expect, test } from 'vitest';
import { LAYOUTS, type Layout } from '../../../shared/domain.ts';
import type { LensVerdict } from '../../../shared/lens.ts';
import { type Roll, seededRandom } from '../../../shared/seeded-random.testing.ts';
import { anyLayout, CrateChannel, nuls, someChannel, step, text } from '../crate-channel.testing.ts';
import { type FakeMemory, utf8 } from '../testing.ts';
import { readSeed } from './lens.seeds.ts';
import { lensView, verdictOf } from './lens.ts';

const view = ({ sample, memory }: CrateChannel) => lensView(sample, memory.bytes.length);
const verdict = ({ sample, memory }: CrateChannel) => verdictOf(sample, memory.bytes.length);

/** Those whose second message overwrites the evidence of the first one. */
const OVERWRITTEN = ['fixed64 sized c2s', 'fixed fixed64 s2c', 'fixed sized c2s'];
/** Every pair, with whose message is the first, as far as one look can tell it. */
const PAIRS = LAYOUTS.flatMap((server) =>
  LAYOUTS.flatMap((client) => (['s2c', 'c2s'] as const).map((first) => ({ server, client, first }))),
).filter(({ server, client, first }) => !OVERWRITTEN.includes(`${server} ${client} ${first}`));

/** A message from each, both read as far as the other sees it. */
function exchanged(server: Layout, client: Layout, first: 's2c' | 'c2s'): CrateChannel {
  const channel = new CrateChannel(server, 16384, { client });
  for (const lane of first === 's2c' ? (['s2c', 'c2s'] as const) : (['c2s', 's2c'] as const))
    channel.send(lane, utf8(`{"from":"${lane}","says":"hello"}`)).read(lane);
  return channel;
}

describe('one look after a message of each', () => {
  test.each(PAIRS)('tells a $server server from its $client client, $first first', ({ server, client, first }) => {
    const { outcome, layouts, sentence, proof } = verdict(exchanged(server, client, first));
    expect(outcome).toBe(server === client ? 'same' : 'mismatch');
    expect([layouts.server[0], layouts.client[0]]).toEqual([server, client]);
    expect(sentence).toContain(server);
    expect(sentence).toContain(client);
    expect(proof.length).toBeGreaterThan(0);
  });

  test('names what is how far apart, and what to do', () => {
    const { certainty, sentence, proof } = verdict(exchanged('fixed64', 'fixed', 's2c'));
    expect(certainty).toBe('certain');
    expect(sentence).toContain('their lengths and data start 4 and 8 bytes apart');
    expect(sentence).toContain('Build both with the same version of the crate, 0.1.3 or later.');
    expect(proof[0]).toEqual({
      text: 'If both used fixed64: Offset 12 holds 29, which neither would have left there.',
      from: 12,
      to: 16,
    });
    expect(proof[1]?.text).toMatch(
      /^If both used fixed: The server's message would have 29 bytes .* \(bytes 45 to 52\)/,
    );
  });
});

describe('there is no mismatch', () => {
  const said = (one: LensVerdict) => [one.outcome, one.certainty];
  test.each([
    ['when nothing was sent', () => new CrateChannel('fixed'), ['nothing', 'undecided']],
    ['when nothing was sent but the size tells', () => new CrateChannel('sized', 100_000), ['one', 'certain']],
    ['when only one has sent', () => new CrateChannel('fixed64').send('s2c', utf8('hello')), ['one', 'certain']],
    ['when only NULs were sent', () => new CrateChannel('fixed64').send('s2c', nuls(5)), ['several', 'undecided']],
    ['in bytes of no channel', () => strange(200), ['foreign', 'undecided']],
  ])('%s', (_, channel, expected) => {
    expect(said(verdict(channel()))).toEqual(expected);
  });

  test('in 10,000 channels of one layout, whatever was sent, read and said goodbye to', { timeout: 60_000 }, () => {
    const roll = seededRandom(10);
    for (let round = 0; round < 10_000; round++) {
      const channel = someChannel(roll, anyLayout(roll), round % 5 === 0 ? usedMemory(roll) : undefined);
      const steps = 1 + roll(4);
      for (let done = 0; done < steps; done++) step(roll, channel);
      expect(verdict(channel), `round ${round}`).not.toMatchObject({ outcome: 'mismatch' });
    }
  });

  test('that is certain among peers that leave the rest of the buffer as it was and send texts', () => {
    const roll = seededRandom(11);
    for (let round = 0; round < 1000; round++) {
      const channel = new CrateChannel(anyLayout(roll));
      channel.zeroes = false;
      for (let sends = 1 + roll(6); sends > 0; sends--)
        channel.send(roll(2) === 0 ? 's2c' : 'c2s', text(roll, roll(3) === 0 ? roll(4) : roll(60)));
      expect(verdict(channel), `round ${round}`).not.toMatchObject({ outcome: 'mismatch', certainty: 'certain' });
    }
  });
});

test('no channel of two layouts is reported as another, whatever was sent, read and said goodbye to', () => {
  const roll = seededRandom(12);
  for (let round = 0; round < 3000; round++) {
    const [server, client] = [anyLayout(roll), anyLayout(roll)];
    const channel = new CrateChannel(server, 16384, { client });
    for (let steps = 1 + roll(5); steps > 0; steps--) step(roll, channel);
    const { certainty, layouts } = verdict(channel);
    if (certainty === 'undecided') continue;
    expect([layouts.server, layouts.client], `round ${round}, ${server}, ${client}`).toEqual([
      expect.arrayContaining([server]),
      expect.arrayContaining([client]),
    ]);
  }
});

describe('a reading', () => {
  test('names the field of every byte of the header', () => {
    const { readings } = view(exchanged('fixed64', 'fixed64', 's2c'));
    expect(readings.map(({ layout, standing }) => [layout, standing])).toEqual([
      ['fixed64', 'fits'],
      ['fixed', 'leftovers'],
      ['sized', 'contradicted'],
    ]);
    for (const { fields } of readings) {
      expect(fields[0]?.from).toBe(0);
      for (const [index, { to }] of fields.slice(0, -1).entries()) expect(fields[index + 1]?.from).toBe(to);
    }
    expect(readings[0]?.fields.slice(0, 4)).toEqual([
      { kind: 'flag', lane: 's2c', from: 0, to: 4, value: 2 },
      { kind: 'flag', lane: 'c2s', from: 4, to: 8, value: 2 },
      { kind: 'length', lane: 's2c', from: 8, to: 16, value: 29 },
      { kind: 'length', lane: 'c2s', from: 16, to: 24, value: 29 },
    ]);
  });

  test('shows the first bytes of both slots under every layout, in rows of 16', () => {
    const { spans } = view(new CrateChannel('sized', 1000).send('c2s', utf8('far away')));
    expect(spans.map(({ from, bytes }) => [from, from + bytes.length])).toEqual([
      [0, 96],
      [1024, 1088],
    ]);
  });
});

/** A section that another channel has used. */
function usedMemory(roll: Roll): FakeMemory {
  const channel = someChannel(roll, anyLayout(roll));
  for (let steps = roll(6); steps > 0; steps--) step(roll, channel);
  return channel.memory;
}

function strange(filledWith: number): CrateChannel {
  const channel = new CrateChannel('fixed');
  channel.memory.bytes.fill(filledWith);
  return channel;
}

test('random headers are read without a fault, and nothing outside of the view is', () => {
  for (let seed = 0; seed < 5000; seed++) readSeed(seed);
});
