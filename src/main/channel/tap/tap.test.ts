import { describe, expect, test } from 'vitest';
import { FLAG, type Lane } from '../../../shared/domain.ts';
import { seededRandom } from '../../../shared/seeded-random.testing.ts';
import type { EventState } from '../../kernel/kernel.ts';
import { geometry } from '../layout.ts';
import { FakeKernel, FakeMemory, NAMES, utf8 } from '../testing.ts';
import { CAPACITY, open } from './ends.testing.ts';
import { lookAtSeed } from './tap.seeds.ts';
import { Tap } from './tap.ts';
import { Ear, interleaved } from './testing.ts';

/** A tap that has reported the second message before its flag was stored, in its present state. */
function seenEarly() {
  const opened = open();
  const { ends, look } = opened;
  look();
  ends.pass('s2c', 'first');
  look(3);
  ends.write('s2c', 'second');
  ends.length('s2c', 6);
  look(3);
  ends.flag('s2c', FLAG.sent);
  return opened;
}

describe('a message', () => {
  test.each(['fixed64', 'fixed', 'sized'] as const)(
    'of either lane is told when it is unread in a slot of %s',
    (layout) => {
      const { ends, ear, look } = open({ layout });
      look();
      ends.send('c2s', 'question');
      look();
      ends.send('s2c', 'answer');
      look(3);
      expect(ear.story.filter((word) => !word.startsWith('located'))).toEqual(['c2s question', 's2c answer']);
      expect(ear.messages.map(({ found }) => found.isUnread)).toEqual([true, true]);
    },
  );

  test('is reported once, and once that it was read', () => {
    const { ends, ear, look } = open();
    look();
    ends.send('s2c', 'one');
    look(5);
    ends.read('s2c');
    look(50);
    expect(ear.story.slice(1)).toEqual(['s2c one', 's2c read']);
  });

  test('that was read before it was seen is reported all the same, since its bytes stay', () => {
    const { ends, ear, look } = open();
    look();
    ends.pass('s2c', 'first');
    look(3);
    ends.pass('s2c', 'other');
    look(3);
    expect(ear.story.slice(1)).toEqual(['s2c first (read)', 's2c other (read)']);
  });

  test('like the one before is reported when the flag shows that it is another', () => {
    const { ends, ear, look } = open();
    look();
    for (let round = 0; round < 3; round++) {
      ends.send('s2c', 'ping');
      look();
      ends.read('s2c');
      look();
    }
    expect(ear.messages).toHaveLength(3);
  });

  test('that replaced an unread one between two looks is reported too; whether that one was read nobody knows', () => {
    const { ends, ear, look } = open();
    look();
    ends.send('s2c', 'one');
    look();
    ends.send('s2c', 'two');
    look();
    expect(ear.story.slice(1)).toEqual(['s2c one', 's2c two']);
  });

  test('written over again and again while it is unread is an overrun; what its sender leaves has to stand', () => {
    const { kernel, ends, ear, look } = open();
    look();
    ends.send('s2c', 'one');
    let changes = 0;
    kernel.afterRead = () => {
      if (changes++ < 1000) ends.send('s2c', `no. ${changes}`);
    };
    look(150);
    expect(ear.story.filter((word) => word.includes('overrun'))).toEqual(['s2c overrun']);
    expect(ear.messages).toEqual([]);
    look(30);
    expect(ear.messages.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['no. 1000']);
    ends.send('s2c', 'x');
    look(3);
    ends.send('s2c', 'y');
    look(30);
    expect(ear.story.slice(-2)).toEqual(['s2c missed', 's2c y']);
  });

  test('that replaced one which was read at once is no overrun, however fast that was', () => {
    const { kernel, ends, ear, look } = open();
    look();
    for (let round = 0; round < 20; round++) {
      ends.send('s2c', `question ${round}`);
      let changes = 0;
      kernel.afterRead = () => {
        if (changes++ === 0) ends.send('s2c', `next ${round}`);
      };
      look();
      ends.read('s2c');
      look(2);
    }
    expect(ear.story.filter((word) => word.includes('overrun'))).toEqual([]);
    expect(ear.messages.length).toBeGreaterThan(15);
  });

  test('that replaced one unread at every look is no overrun as long as a fast reader may have read between them', () => {
    const { kernel, ends, ear, look } = open();
    look();
    for (let burst = 0; burst < 20; burst++) {
      ends.send('s2c', `${burst}: first`);
      let changes = 0;
      kernel.afterRead = () => {
        if (changes++ < 100) ends.send('s2c', `${burst}: ${changes}`);
      };
      look(30);
      ends.read('s2c');
      look(2);
    }
    expect(ear.story.filter((word) => word.includes('overrun'))).toEqual([]);
  });

  test('of nothing is a message', () => {
    const { ends, ear, look } = open();
    look();
    ends.send('c2s', '');
    look();
    ends.read('c2s');
    look();
    ends.pass('s2c', '');
    look(2);
    expect(ear.story.slice(1)).toEqual(['c2s ', 'c2s read', 's2c  (read)']);
  });

  test('longer than a glance that differs only behind it is reported too', () => {
    const { ends, ear, look } = open({ capacity: 4096 });
    look();
    const long = 'x'.repeat(3000);
    ends.send('s2c', `${long}1`);
    look();
    ends.send('s2c', `${long}2`);
    look(2);
    expect(ear.messages).toHaveLength(2);
  });

  test('that stood there before the tap came is reported as such, whether it was read or not', () => {
    const { ear, look } = open({
      prepare: (ends) => {
        ends.pass('c2s', 'asked');
        ends.send('s2c', 'answered');
      },
    });
    look(60);
    const found = Object.fromEntries(ear.messages.map((each) => [each.lane, each.found]));
    expect(found).toEqual({
      s2c: { isUnread: true, wasThere: true },
      c2s: { isUnread: false, wasThere: true },
    });
  });

  test('that is just being written is none, and is reported once it stands there', () => {
    const { ends, ear, look } = open();
    look();
    ends.pass('s2c', 'first message');
    look(3);
    ends.write('s2c', 'secon');
    look(2);
    ends.write('s2c', 'second messa');
    look(2);
    ends.send('s2c', 'second message');
    look();
    expect(ear.story.slice(1)).toEqual(['s2c first message (read)', 's2c second message']);
  });

  test('seen complete just before its flag is stored is reported once', () => {
    const { ends, ear, look } = seenEarly();
    look(2);
    ends.read('s2c');
    look();
    expect(ear.messages.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['first', 'second']);
  });

  test('seen complete just before its flag is stored is reported once, also where it is read while it is copied', () => {
    const { kernel, ends, ear, look } = seenEarly();
    kernel.afterRead = () => ends.read('s2c');
    look(3);
    expect(ear.messages.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['first', 'second']);
  });

  test.each([
    ['told', 1, ['s2c first', 's2c other']],
    ['not yet seen', 0, ['s2c missed', 's2c other']],
  ])('copied just before its flag is stored, in the place of one that was %s, is reported once', (_, looks, story) => {
    const { kernel, ends, ear, look } = open();
    look();
    ends.send('s2c', 'first');
    look(looks);
    let reads = 0;
    kernel.afterHeader = () => {
      if (reads++ > 0) return;
      // Between the look at the header and the copy of the bytes.
      ends.read('s2c');
      ends.write('s2c', 'other');
    };
    look();
    ends.flag('s2c', FLAG.sent);
    look(3);
    ends.read('s2c');
    look(3);
    expect(ear.story.slice(1).filter((word) => word !== 's2c read')).toEqual(story);
  });

  test('whose bytes were seen only once, read, and gone at the next look is counted as missed', () => {
    const { ends, ear, look } = open();
    look();
    ends.pass('s2c', 'aaaa');
    look(3);
    ends.pass('s2c', 'bbbb');
    look();
    ends.pass('s2c', 'cccc');
    look(3);
    expect(ear.story.slice(1)).toEqual(['s2c aaaa (read)', 's2c missed', 's2c cccc (read)']);
  });

  test('that is torn while it is copied is never reported, and is counted', () => {
    const { kernel, ends, ear, clock, look } = open();
    look();
    ends.send('s2c', 'torn');
    let changes = 0;
    kernel.afterRead = () => {
      if (changes++ > 0) return;
      // The tap had to wait for the processor: time enough for the message to be read, and for the next.
      clock.ms += 1;
      ends.send('s2c', 'next');
    };
    look(2);
    expect(ear.story.slice(1)).toEqual(['s2c missed', 's2c next']);
  });

  test('with a length beyond its buffer is reported as far as the buffer goes, with the anomaly', () => {
    const { ends, ear, look } = open();
    look();
    ends.send('s2c', 'far');
    ends.length('s2c', 4_000_000_000);
    look();
    expect(ear.story.slice(1, 2)).toEqual(['s2c bad-length']);
    expect(ear.messages[0]?.bytes).toHaveLength(CAPACITY);
  });
});

describe('an exit', () => {
  test('is reported once, after the message that it took the place of', () => {
    const { ends, ear, look } = open();
    look();
    ends.send('s2c', 'bye');
    ends.flag('s2c', FLAG.exit);
    look(30);
    expect(ear.story.slice(1)).toEqual(['s2c bye (read)', 's2c exit']);
  });

  test('is followed by what is sent later', () => {
    const { ends, ear, look } = open();
    look();
    ends.flag('c2s', FLAG.exit);
    look(2);
    ends.pass('c2s', 'again');
    look(3);
    expect(ear.story.slice(1)).toEqual(['c2s exit', 'c2s again (read)']);
  });
});

describe('a flag that there is none of', () => {
  test('is reported once, and what follows it goes on', () => {
    const { ends, ear, look } = open();
    look();
    ends.flag('s2c', 77);
    look(10);
    ends.send('s2c', 'fine');
    look();
    expect(ear.story.slice(1)).toEqual(['s2c unknown-flag', 's2c fine']);
  });
});

describe('the layout', () => {
  test('is waited for where the header of an unused channel does not tell it, and the first message is reported', () => {
    const { ends, ear, tap, look } = open({ layout: 'fixed' });
    look(3);
    expect([tap.geometry, tap.problem?.code]).toEqual([null, 'layout-ambiguous']);
    ends.send('c2s', 'hello');
    look(2);
    expect(ear.story).toEqual(['located fixed 16384', 'c2s hello']);
    expect(ear.messages[0]?.found.wasThere).toBe(false);
  });

  test('can be said', () => {
    const { ear, look } = open({ layout: 'fixed', tapAs: 'fixed' });
    look();
    expect(ear.story).toEqual(['located fixed 16384']);
  });

  test('of a restarted server in the same place is reported, with what was lost, and what it sends', () => {
    const { ends, ear, look } = open();
    look();
    ends.send('c2s', 'unread');
    look();
    ends.start();
    look(3);
    ends.pass('s2c', 'anew');
    look(3);
    expect(ear.story.slice(1)).toEqual(['c2s unread', 's2c header-changed', 's2c anew (read)']);
    expect(ear.anomalies[0]?.detail).toContain('An unread message of the client is lost.');
  });

  test('that changes is reported once, and the tap goes on in the new one', () => {
    const { ends, ear, look } = open({ capacity: 1024 });
    look();
    ends.pass('s2c', 'before');
    look(3);
    ends.start('sized', 512);
    look(30);
    ends.pass('s2c', 'after');
    look(3);
    expect(ear.story).toEqual([
      'located sized 1024',
      's2c before (read)',
      's2c header-changed',
      'located sized 512',
      's2c after (read)',
    ]);
  });

  test('that is just being written is not reported', () => {
    const { memory, ear, look } = open();
    look();
    memory.put(0, 0);
    look(5);
    memory.put(0, CAPACITY);
    look(50);
    expect(ear.anomalies).toEqual([]);
  });

  test('of a server without a size is found again when that restarts', () => {
    const { ends, ear, look } = open({ layout: 'fixed64' });
    look();
    ends.send('s2c', 'wide');
    look();
    ends.start('fixed');
    look(3);
    ends.send('s2c', 'small');
    look(3);
    ends.send('c2s', 'too');
    look(3);
    expect(ear.story).toEqual([
      'located fixed64 16384',
      's2c wide',
      's2c header-changed',
      'located fixed 16384',
      's2c small',
      'c2s too',
    ]);
  });

  test('that claims more than the section has is not gone by', () => {
    const { memory, tap, look } = open();
    memory.put(0, 1_000_000);
    look(2);
    expect([tap.geometry, tap.problem?.code]).toEqual([null, 'section-too-small']);
  });
});

describe('an event', () => {
  const wakes = ({ ear }: { ear: Ear }) => ear.anomalies.map(({ anomaly, lane }) => `${lane} ${anomaly}`);

  test('that is not set while its message is unread for long has lost its wake: reported once for each message', () => {
    const opened = open();
    opened.look();
    opened.ends.send('s2c', 'one');
    opened.look(300);
    expect(wakes(opened)).toEqual(['s2c lost-wake']);
    opened.ends.send('s2c', 'two');
    opened.look(300);
    expect(wakes(opened)).toEqual(['s2c lost-wake', 's2c lost-wake']);
  });

  test('that is set for long without a message wakes in vain', () => {
    const opened = open();
    opened.look();
    opened.kernel.event('c2s').signalled = true;
    opened.look(300);
    expect(wakes(opened)).toEqual(['c2s spurious-wake']);
    expect(opened.tap.signalled).toEqual({ s2c: false, c2s: true });
  });

  test('that goes with its slot, or disagrees for a moment, is not reported', () => {
    const opened = open();
    opened.look();
    opened.ends.send('s2c', 'one');
    opened.kernel.event('s2c').signalled = true;
    opened.look(300);
    opened.kernel.event('s2c').signalled = false;
    opened.look(50);
    opened.ends.read('s2c');
    opened.ends.flag('c2s', FLAG.exit);
    opened.kernel.event('c2s').signalled = true;
    opened.look(300);
    expect(wakes(opened)).toEqual([]);
  });

  test('that resets by hand is reported, and not held against its slot', () => {
    const kernel = new FakeKernel(() => {});
    const memory = kernel.strange(new FakeMemory(geometry('sized', CAPACITY).sectionBytes)).put(0, CAPACITY);
    const manual: EventState = { ...kernel.openEventState(NAMES.eventS2c), reset: 'manual', signalled: () => true };
    const ear = new Ear();
    let ms = 0;
    const channel = { section: kernel.openSection(NAMES.section, 'read'), events: { s2c: manual, c2s: null } };
    const tap = new Tap(channel, { name: 'S', layout: 'auto', now: () => ms }, ear);
    for (; ms < 300; ms++) tap.look();
    expect(wakes({ ear })).toEqual(['s2c manual-reset-event']);
    expect([tap.signalled.c2s, memory.get(0)]).toEqual([null, CAPACITY]);
  });
});

describe('a lane is a sample', () => {
  test('once a message came in a gap in which another could have come and gone', () => {
    const { ends, clock, tap, look } = open();
    look();
    const isSampled = () => tap.lanes?.s2c.isSampled;
    ends.send('s2c', 'close');
    clock.ms += 0.01 - 1;
    tap.look();
    expect(isSampled()).toBe(false);
    ends.send('s2c', 'later');
    clock.ms += 1;
    tap.look();
    expect(isSampled()).toBe(true);
  });
});

/** What two ends do in turns, a few bytes at a time: send numbered messages, wait until they are read, read them. */
function* talk(
  memory: FakeMemory,
  { spec, data, capacity }: ReturnType<typeof geometry>,
  lane: Lane,
  sent: string[],
  isEager: boolean,
  zeroesFirst: boolean,
) {
  const { bytes } = memory;
  for (;;) {
    const text = `${sent.length} ${'-'.repeat((sent.length * 7) % 23)}${sent.length % 2 ? '' : ` ${sent.length}`}`;
    sent.push(text);
    const at = data[lane];
    if (zeroesFirst) for (let k = 0; k < capacity; k += 8, yield) bytes.fill(0, at + k, at + k + 8);
    for (let k = 0; k < text.length; k += 8, yield) bytes.set(utf8(text.slice(k, k + 8)), at + k);
    if (!zeroesFirst)
      for (let k = text.length; k < capacity; k += 8, yield) bytes.fill(0, at + k, Math.min(at + k + 8, at + capacity));
    memory.put(spec.length[lane], text.length);
    yield;
    memory.put(spec.flag[lane], FLAG.sent);
    for (let idle = 0; idle < (sent.length * 13) % 40; idle++) yield;
    if (!isEager || sent.length % 3 === 0) memory.put(spec.flag[lane], FLAG.read);
    yield;
  }
}

describe.each([
  ['that zeroes its slot first', true, false],
  ['that zeroes the rest', false, false],
  ['that does not wait until its message was read', true, true],
])('a sender %s', (_, zeroesFirst, isEager) => {
  test('and a reader that go on in the middle of every look never make the tap tell what was not sent', () => {
    for (let seed = 1; seed <= 15; seed++) {
      const roll = seededRandom(seed);
      const shape = geometry('sized', CAPACITY);
      const memory = new FakeMemory(shape.sectionBytes).put(0, CAPACITY);
      const sent: Record<Lane, string[]> = { s2c: [], c2s: [] };
      const talks = (['s2c', 'c2s'] as const).map((lane) =>
        talk(memory, shape, lane, sent[lane], isEager, zeroesFirst),
      );
      const step = () => talks[roll(2)]?.next();
      // It may write at any time: what it does between two copies shows.
      const goOn = () => {
        for (let steps = 0; steps < 12; steps++) for (const each of talks) each.next();
      };
      const ear = new Ear();
      let ms = 0;
      const channel = {
        section: interleaved(memory, roll, step, isEager ? goOn : undefined),
        events: { s2c: null, c2s: null },
      };
      const tap = new Tap(channel, { name: 'S', layout: 'auto', now: () => ms }, ear);
      tap.look();
      for (let looks = 0; looks < 300; looks++) {
        // What is being written at one look is finished at the next.
        for (let steps = 80 + roll(120); steps > 0; steps--) step();
        ms += 0.3 + roll(100) / 50;
        tap.look();
      }
      for (const lane of ['s2c', 'c2s'] as const) {
        const told = ear.messages
          .filter((each) => each.lane === lane)
          .map(({ bytes }) => Buffer.from(bytes).toString());
        expect(
          told.filter((text) => !sent[lane].includes(text)),
          `seed ${seed}`,
        ).toEqual([]);
        const numbers = told.map((text) => sent[lane].indexOf(text));
        expect(numbers, `seed ${seed}`).toEqual([...new Set(numbers)].sort((a, b) => a - b));
        // What is constantly overwritten is never seen unchanged.
        if (!isEager) expect(told.length).toBeGreaterThan(20);
      }
      expect(ear.messages.length + ear.missed).toBeLessThanOrEqual(sent.s2c.length + sent.c2s.length);
    }
  });
});

test('a section of random bytes makes no tap fail or read outside its view', () => {
  for (let seed = 0; seed < 2000; seed++) lookAtSeed(seed);
});
