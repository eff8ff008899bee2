import { describe, expect, test } from 'vitest';
import { FLAG, type Lane } from '../../../shared/domain.ts';
import { type Roll, seededRandom } from '../../../shared/seeded-random.testing.ts';
import { type Ends, open } from './ends.testing.ts';

describe('question and answer that both passed between two looks', () => {
  test('are reported in the order in which they must have come', () => {
    const { ends, ear, look } = open();
    look();
    for (let round = 0; round < 5; round++) {
      ends.pass('c2s', `question ${round}`);
      ends.pass('s2c', `answer ${round}`);
      look(3);
    }
    expect(ear.story.slice(1)).toEqual(
      [0, 1, 2, 3, 4].flatMap((round) => [`c2s question ${round} (read)`, `s2c answer ${round} (read)`]),
    );
  });

  test('of which the answer is unread are reported in their order', () => {
    const { ends, ear, look } = open();
    look();
    ends.send('s2c', 'hello');
    look();
    ends.read('s2c');
    look();
    ends.send('c2s', 'question');
    look();
    ends.read('c2s');
    ends.send('s2c', 'answer');
    look();
    expect(ear.story.slice(1)).toEqual(['s2c hello', 's2c read', 'c2s question', 'c2s read', 's2c answer']);
  });

  test.each([
    ['of the first time', []],
    ['of a later time', ['before']],
  ])('of which the answer is unread %s are reported in their order', (_, before) => {
    const { ends, ear, look } = open();
    look();
    for (const text of before) {
      ends.pass('c2s', text);
      ends.pass('s2c', text);
      look(3);
    }
    const told = ear.story.length;
    ends.pass('c2s', 'question');
    ends.send('s2c', 'answer');
    look(3);
    expect(ear.story.slice(told)).toEqual(['c2s question (read)', 's2c answer']);
  });

  test('are reported in the order in which they must have come after one of which the question was sure last', () => {
    const { ends, ear, look } = open();
    look();
    ends.pass('c2s', 'struct 1..');
    ends.send('s2c', 'one');
    look(40);
    ends.read('s2c');
    look(3);
    for (const text of ['two', 'three']) {
      ends.pass('c2s', `struct ${text}`);
      ends.pass('s2c', text);
      look(3);
    }
    expect(ear.messages.map(({ lane }) => lane).join(' ')).toBe('c2s s2c c2s s2c c2s s2c');
  });

  test('of which the question looks unfinished for a while are reported in their order', () => {
    const { ends, ear, look } = open();
    look();
    ends.pass('c2s', 'struct 1..');
    ends.pass('s2c', 'struct 1..');
    look(40);
    ends.pass('c2s', 'struct 2..');
    ends.send('s2c', 'struct 2..');
    look();
    ends.read('s2c');
    look(60);
    expect(ear.story.slice(3)).toEqual(['c2s struct 2.. (read)', 's2c struct 2..', 's2c read']);
  });
});

describe('an exit', () => {
  test.each([
    ['said by who asked', ['c2s']],
    ['said by both', ['c2s', 's2c']],
  ] as const)('%s at the look at which the last question and its answer are seen comes after both', (_, lanes) => {
    const { ends, ear, look } = open();
    look();
    ends.pass('c2s', 'question');
    ends.pass('s2c', 'answer');
    for (const lane of lanes) ends.flag(lane, FLAG.exit);
    look(3);
    expect(ear.story.slice(1, 3)).toEqual(['c2s question (read)', 's2c answer (read)']);
    expect(ear.story.slice(3).sort()).toEqual(lanes.map((lane) => `${lane} exit`));
  });
});

describe('a message that comes while the other end is writing', () => {
  test('is reported before the one that is being written', () => {
    const { ends, ear, look } = open();
    look();
    ends.pass('c2s', 'before');
    look(3);
    ends.write('c2s', 'quest');
    ends.send('s2c', 'news');
    look();
    ends.send('c2s', 'question');
    look(3);
    expect(ear.story.slice(2)).toEqual(['s2c news', 'c2s question']);
  });

  test('is reported when what is being written never becomes one', () => {
    const { ends, ear, look } = open();
    look();
    ends.pass('c2s', 'before');
    look(3);
    ends.write('c2s', '');
    ends.send('s2c', 'news');
    look(100);
    expect(ear.story).toContain('s2c news');
  });
});

/** After a message from the client, which the next one resembles until it has stood for a while. */
function afterOne() {
  const channel = open();
  channel.look();
  channel.ends.pass('c2s', 'struct 1..');
  channel.look(40);
  return channel;
}

describe('a message that waits for the one before it to be sure', () => {
  test('has the time at which it was seen', () => {
    const { clock, ends, ear, look } = afterOne();
    const seenAt = clock.ms;
    ends.pass('c2s', 'struct 2..');
    ends.send('s2c', 'answer');
    look();
    ends.read('s2c');
    look(60);
    expect(ear.messages.slice(1).map(({ at }) => at)).toEqual([seenAt, seenAt]);
    expect(ear.reads).toEqual([{ lane: 's2c', at: seenAt + 1 }]);
  });

  test('is reported though the header changes before', () => {
    const { ends, ear, look } = afterOne();
    ends.pass('c2s', 'struct 2..');
    ends.send('s2c', 'answer');
    look();
    ends.start('sized', 32);
    look();
    expect(ear.story).toContain('s2c answer');
  });

  test.each([
    ['of the same size', 64],
    ['of another size', 32],
  ])('is told to be missed, as the one before it, when a fresh header %s wipes both', (_, size) => {
    const { ends, ear, look } = afterOne();
    ends.pass('c2s', 'a longer struct');
    ends.pass('s2c', 'answer');
    look();
    ends.start('sized', size);
    look(2);
    expect(ear.story.filter((word) => !word.startsWith('located')).slice(1)).toEqual([
      's2c missed',
      'c2s missed',
      's2c header-changed',
    ]);
  });

  test('is reported at the last look, and the one before it too: nobody writes any more', () => {
    const { ends, ear, tap } = afterOne();
    ends.pass('c2s', 'struct 2..');
    ends.send('s2c', 'answer');
    tap.lookLast();
    expect(ear.story.slice(2)).toEqual(['c2s struct 2.. (read)', 's2c answer']);
  });

  test('is reported when the tap ends', () => {
    const { ends, ear, look, tap } = afterOne();
    ends.pass('c2s', 'struct 2..');
    ends.send('s2c', 'answer');
    look();
    tap.end();
    expect(ear.story.at(-1)).toBe('s2c answer');
  });
});

/** A client that asks and a server that answers, a few bytes at a time, with pauses of up to `idle` steps. */
function* conversation(ends: Ends, roll: Roll, idle: number, said: string[], tail: string) {
  const rest = function* () {
    for (let steps = roll(idle); steps > 0; steps--) yield;
  };
  const say = function* (lane: Lane, text: string) {
    for (const part of [text.slice(0, 4), text]) {
      ends.write(lane, part);
      yield;
    }
    ends.length(lane, text.length);
    yield;
    said.push(`${lane} ${text}`);
    ends.flag(lane, FLAG.sent);
    yield* rest();
    ends.read(lane);
    yield* rest();
  };
  for (let n = 0; ; n++) {
    yield* say('c2s', `${String(n).padStart(6)}${tail}`);
    yield* say('s2c', `${String(n).padStart(6)}${tail}`);
  }
}

describe.each(['', ' of one tail'])('a conversation whose messages end in “%s”', (tail) => {
  test.each([300, 1000, 4000])('with pauses of up to %d steps is told in its order where none is missed', (idle) => {
    let whole = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const roll = seededRandom(seed);
      const { ends, ear, clock, tap } = open();
      const said: string[] = [];
      const steps = conversation(ends, roll, idle, said, tail);
      tap.look();
      for (let looks = 0; looks < 200; looks++) {
        for (let count = roll(100); count > 0; count--, clock.ms += 0.005) steps.next();
        tap.look();
      }
      for (let looks = 0; looks < 40; looks++, clock.ms++) tap.look();
      const told = ear.messages.map(({ lane, bytes }) => `${lane} ${Buffer.from(bytes).toString()}`);
      if (told.length < said.length - 1) continue;
      whole++;
      expect(told, `seed ${seed}`).toEqual(said.slice(0, told.length));
      const times = ear.messages.map(({ at }) => at);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
    expect(whole).toBeGreaterThan(10);
  });
});
