import { describe, expect, test } from 'vitest';
import type { Lane } from '../domain.ts';
import { parseAlarm } from './alarm.ts';
import type { SlotLook, WatchedRecord } from './sensors/sensor.ts';
import { AlarmWatch, type Firing } from './watch.ts';

const MS = 1000;
const EMPTY: SlotLook = { s2c: null, c2s: null };

/** An alarm with a clock that is set by hand, in ms. */
class Trial {
  readonly fired: string[] = [];
  readonly firings: Firing[] = [];
  readonly watch: AlarmWatch;
  #now = 0;
  #seq = 0;
  readonly #passes: (record: WatchedRecord) => boolean;

  constructor(text: string, passes: (record: WatchedRecord) => boolean = () => false) {
    const parsed = parseAlarm(text);
    if (!parsed.ok) throw new Error(parsed.error.message);
    this.watch = new AlarmWatch(parsed.alarm, 0);
    this.#passes = passes;
  }

  get now(): number {
    return this.#now;
  }

  /** Looks whenever that is due, and at `ms`. */
  until(ms: number): this {
    for (;;) {
      const due = this.watch.dueAt(this.#now * MS) / MS;
      if (due > ms) break;
      this.#now = Math.max(this.#now, due);
      this.watch.look(this.#now * MS, this.#hear);
      if (this.watch.dueAt(this.#now * MS) / MS <= this.#now) throw new Error(`It is due again at ${this.#now} ms.`);
    }
    this.#now = ms;
    this.watch.look(ms * MS, this.#hear);
    return this;
  }

  record(content: Partial<WatchedRecord> = {}): this {
    const record: WatchedRecord = {
      ...{ seq: this.#seq++, kind: 'message', lane: 's2c', wall: 0, mono: this.#now * MS, size: 0 },
      ...{ code: null, detail: null, count: 1, unreadMicros: null },
      ...content,
    };
    this.watch.record(record, () => this.#passes(record), this.#hear);
    return this;
  }

  slots(slots: Partial<Record<Lane, number | null>>): this {
    const look = { ...EMPTY, ...Object.fromEntries(Object.entries(slots).map(([l, ms]) => [l, ms && ms * MS])) };
    this.watch.slots(look, this.#now * MS, this.#hear);
    return this;
  }

  readonly #hear = (firing: Firing): void => {
    this.firings.push(firing);
    this.fired.push(`${this.#now}: ${firing.says}`);
  };
}

describe('unread', () => {
  test('fires when a message has stood longer than it may, once, and is armed again when it was read', () => {
    const trial = new Trial('unread > 500ms').until(100).slots({ s2c: 100 });
    expect(trial.until(600).fired).toEqual([]);
    expect(trial.until(700).fired).toEqual(['600.001: a message in s2c has been unread for 500 ms']);
    trial.slots({ s2c: 100 }).until(5000).slots({ s2c: 100 });
    expect([trial.fired.length, trial.watch.isArmed]).toEqual([1, false]);
    trial.slots({}).until(6000);
    expect(trial.watch.isArmed).toBe(true);
    expect(trial.slots({ c2s: 6000 }).until(9000).firings[1]).toMatchObject({ lane: 'c2s', from: 6000 * MS });
  });

  test('is armed again by another message in the slot, since the one before was read', () => {
    const trial = new Trial('unread > 500ms').slots({ s2c: 1 }).until(600).slots({ s2c: 590 });
    expect(trial.watch.isArmed).toBe(true);
    expect(trial.until(1200).firings).toHaveLength(2);
  });

  test('of one lane does not look at the other', () => {
    expect(new Trial('c2s unread > 1ms').slots({ s2c: 1 }).until(1000).fired).toEqual([]);
  });

  test('is recognised by the message itself where nobody looked in between, and not twice', () => {
    const trial = new Trial('unread > 500ms').until(2000).record({ unreadMicros: 700 * MS });
    expect(trial.fired).toEqual(['2000: a message in s2c was unread for 700 ms']);
    trial.until(2001);
    expect(trial.watch.isArmed).toBe(true);
    trial
      .slots({ s2c: 2001 })
      .until(3000)
      .slots({})
      .record({ unreadMicros: 990 * MS });
    expect(trial.firings).toHaveLength(2);
  });
});

describe('silent', () => {
  test('fires when no message has come for so long, counted from when it was set, and is armed again by one', () => {
    const trial = new Trial('silent 5s').until(4999);
    expect(trial.fired).toEqual([]);
    expect(trial.until(20_000).fired).toEqual(['5000: no message for 5 s']);
    trial.record();
    expect([trial.watch.isArmed, trial.until(24_999).fired.length]).toEqual([true, 1]);
    expect(trial.until(26_000).fired[1]).toBe('25000: no message for 5 s');
  });

  test('of one lane hears only that lane, and only messages', () => {
    const trial = new Trial('c2s silent 1s')
      .until(900)
      .record({ lane: 's2c' })
      .record({ kind: 'timeout', lane: 'c2s' });
    expect(trial.until(2000).fired).toEqual(['1000: no message in c2s for 1 s']);
  });

  test('tells of a silence that a late look found ended by a message', () => {
    const trial = new Trial('silent 1s');
    trial.watch.record(
      { ...record(1500), lane: 's2c' },
      () => false,
      (firing) => trial.firings.push(firing),
    );
    expect([trial.firings.length, trial.watch.isArmed]).toEqual([1, true]);
  });
});

const record = (ms: number): WatchedRecord => ({
  ...{ seq: 0, kind: 'message', lane: null, wall: 0, mono: ms * MS, size: 0 },
  ...{ code: null, detail: null, count: 1 },
});

/** This many messages, evenly spread over a second. */
function send(trial: Trial, perSecond: number, seconds: number, content: Partial<WatchedRecord> = {}): Trial {
  const from = trial.now;
  for (let n = 1; n <= perSecond * seconds; n++) trial.until(from + (n * 1000) / perSecond).record(content);
  return trial;
}

describe('rate', () => {
  test('below a number needs a whole second, fires once, and is armed again a tenth above it', () => {
    const trial = send(new Trial('rate < 10/s'), 20, 3);
    expect(trial.fired).toEqual([]);
    send(trial, 5, 3);
    expect(trial.fired).toHaveLength(1);
    expect(trial.fired[0]).toMatch(/9 messages in the last second$/);
    send(trial, 10, 3);
    expect([trial.fired.length, trial.watch.isArmed]).toEqual([1, false]);
    send(trial, 12, 3);
    expect(trial.watch.isArmed).toBe(true);
    expect(trial.until(trial.now + 3000).fired).toHaveLength(2);
  });

  test('is not below a number before a second has passed', () => {
    expect(new Trial('rate < 10/s').until(1000).fired).toEqual([]);
    expect(new Trial('rate < 10/s').until(1100).fired).toHaveLength(1);
  });

  test('that has fallen is reported within a fortieth of its time', () => {
    const trial = send(new Trial('rate < 10/s'), 10.5, 4).until(10_000);
    // When the tenth of the last messages leaves the second.
    const tenth = 4000 - (9 * 1000) / 10.5 + 1000;
    expect(Number.parseFloat(trial.fired[0] ?? '')).toBeLessThanOrEqual(tenth + 25);
  });

  test('above a number fires with the message that is too many, and is armed again a tenth below it', () => {
    const trial = send(new Trial('s2c rate > 100/s'), 100, 3);
    expect(trial.fired).toEqual([]);
    send(trial, 200, 1);
    expect(trial.fired).toHaveLength(1);
    expect(trial.fired[0]).toMatch(/: 101 messages in s2c in the last second$/);
    send(trial, 95, 2);
    expect(trial.watch.isArmed).toBe(false);
    send(trial, 80, 2);
    expect(trial.watch.isArmed).toBe(true);
    expect(send(trial, 150, 2).fired).toHaveLength(2);
  });

  test('of none at all, and of a minute', () => {
    expect(new Trial('rate <= 0/s').until(5000).fired).toHaveLength(1);
    expect(new Trial('rate > 0/s').record().fired).toHaveLength(1);
    const trial = send(new Trial('rate > 30/m'), 1, 40);
    expect(trial.fired).toEqual(['31000: 31 messages in the last minute']);
  });

  test('counts no message that was there before: nobody knows when it was sent', () => {
    expect(new Trial('rate > 0/s').record({ wasThere: true }).fired).toEqual([]);
  });
});

describe('anomaly', () => {
  const anomaly = { kind: 'anomaly', code: 'overrun', detail: 'It was lost.' } as const;

  test('fires once for those that follow each other within a second, and again after one without', () => {
    const trial = new Trial('anomaly');
    for (let ms = 0; ms < 5000; ms += 500) trial.until(ms).record(anomaly);
    expect(trial.fired).toEqual(['0: overrun: It was lost']);
    expect(trial.until(5499).watch.isArmed).toBe(false);
    expect(trial.until(5500).watch.isArmed).toBe(true);
    expect(trial.record(anomaly).fired).toHaveLength(2);
  });

  test('of some codes or a lane passes others by', () => {
    expect(new Trial('anomaly torn-read').record(anomaly).fired).toEqual([]);
    expect(new Trial('c2s anomaly').record(anomaly).fired).toEqual([]);
    expect(new Trial('anomaly').record({ kind: 'error', code: 'bad-length' }).fired).toEqual([]);
    expect(new Trial('missed').record(anomaly).fired).toEqual([]);
    expect(new Trial('missed').record({ ...anomaly, code: 'missed' as never }).fired).toHaveLength(1);
  });
});

describe('a filter', () => {
  const isLarge = ({ size }: WatchedRecord) => size > 10;
  const [large, small] = [{ size: 11 }, { size: 1 }];

  test('fires at the first record that passes, and again after a second without one', () => {
    const trial = new Trial('size:>10', isLarge).record(small).record(large).until(10).record(large);
    expect(trial.fired).toEqual(['0: a record passed']);
    expect(trial.until(1009).record(large).firings).toHaveLength(1);
    expect(trial.until(2009).record(large).firings).toHaveLength(2);
  });

  test('for 3 counts a row of one lane, which a message of that lane ends', () => {
    const trial = new Trial('size:>10 for 3', isLarge);
    trial.record(large).until(1).record(large).until(2).record(small).until(3).record(large).until(4).record(large);
    expect(trial.fired).toEqual([]);
    trial
      .until(5)
      .record({ ...small, lane: 'c2s' })
      .record({ kind: 'timeout' })
      .record({ kind: 'anomaly' });
    expect(trial.until(6).record(large).firings[0]).toMatchObject({ from: 3 * MS, at: 6 * MS, lane: 's2c' });
    expect(trial.fired).toEqual(['6: 3 records in a row passed']);
  });

  test('for 3 counts anomalies by how often they happened, among anomalies alone', () => {
    const isOverrun = ({ code }: WatchedRecord) => code === 'overrun';
    const trial = new Trial('code:overrun for 3', isOverrun).record({ kind: 'anomaly', code: 'overrun' }).record();
    expect(trial.until(1).record({ kind: 'anomaly', code: 'overrun', count: 2 }).firings).toHaveLength(1);
    const ended = new Trial('code:overrun for 2', isOverrun).record({ kind: 'anomaly', code: 'overrun' });
    ended.record({ kind: 'anomaly', code: 'torn-read' }).record({ kind: 'anomaly', code: 'overrun' });
    expect(ended.fired).toEqual([]);
  });

  test('for 3 begins again after it has fired', () => {
    const trial = new Trial('size:>10 for 3', isLarge).record(large).record(large).record(large).until(2000);
    expect(trial.record(large).record(large).firings).toHaveLength(1);
    expect(trial.record(large).firings).toHaveLength(2);
  });

  test('is asked of each record once', () => {
    let asked = 0;
    const trial = new Trial('size:>10', () => {
      asked++;
      return false;
    });
    trial.record().record();
    expect(asked).toBe(2);
  });
});

/** Numbers that are the same in each run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Whether the alarm's condition was seen to be over, computed from everything that has happened. */
const OVER: Readonly<Record<string, (seen: Seen, now: number) => boolean>> = {
  'unread > 50ms': ({ since }, now) => since === null || now - since <= 50,
  'silent 80ms': ({ messages }, now) => now - (messages.at(-1) ?? 0) < 80,
  'rate < 20/s': ({ messages }, now) => within(messages, now) >= 20,
  'rate > 20/s': ({ messages }, now) => within(messages, now - 1000 / 40) <= 20,
  anomaly: ({ anomalies }, now) => now - (anomalies.at(-1) ?? Number.NEGATIVE_INFINITY) >= 1000,
  'size:>5': ({ large }, now) => now - (large.at(-1) ?? Number.NEGATIVE_INFINITY) >= 1000,
};
interface Seen {
  readonly messages: number[];
  readonly anomalies: number[];
  readonly large: number[];
  since: number | null;
}
const within = (times: readonly number[], now: number) => times.filter((ms) => ms > now - 1000 && ms <= now).length;

test.each(Object.keys(OVER))('%s never fires twice unless its condition was over in between', (text) => {
  let total = 0;
  for (let seed = 1; seed <= 12; seed++) {
    const next = random(seed);
    const trial = new Trial(text, ({ size }) => size > 5);
    const seen: Seen = { messages: [], anomalies: [], large: [], since: null };
    let [wasOver, fired] = [true, 0];
    const check = () => {
      const count = trial.firings.length - fired;
      if (count > 0) expect([count, wasOver, seed]).toEqual([1, true, seed]);
      if (count > 0) wasOver = false;
      fired = trial.firings.length;
      wasOver ||= OVER[text]?.(seen, trial.now) ?? false;
    };
    let pace = 0;
    for (let step = 0; step < 400; step++) {
      if (step % 50 === 0) pace = [5, 30, 60, 900][Math.floor(next() * 4)] ?? 5;
      const to = Math.ceil(trial.now) + 1 + Math.floor(next() * pace);
      for (let ms = Math.ceil(trial.now); ms <= to; ms++) {
        trial.until(ms);
        check();
      }
      const dice = next();
      if (dice < 0.6) {
        const size = next() < 0.05 ? 9 : 1;
        seen.messages.push(trial.now);
        if (size > 5) seen.large.push(trial.now);
        trial.record({ size });
      } else if (dice < 0.63) {
        seen.anomalies.push(trial.now);
        trial.record({ kind: 'anomaly', code: 'overrun' });
      } else {
        seen.since = next() < 0.5 ? (seen.since ?? trial.now) : null;
        trial.slots({ s2c: seen.since });
      }
      check();
    }
    total += trial.firings.length;
  }
  expect(total).toBeGreaterThan(20);
});
