import { describe, expect, it } from 'vitest';
import { ShmscopeError } from '../../../shared/failure.ts';
import { intervalAt, type SendPlan } from '../../../shared/sending.ts';
import type { Sending } from './outbox.ts';
import { SendingPlan } from './sending-plan.ts';

const COUNTED: SendPlan = {
  template: [{ type: 'bytes', bytes: new TextEncoder().encode('m') }, { type: 'n' }],
  firstNumber: 5,
  until: { what: 'count', count: 3 },
  intervalMs: 10,
  rampToMs: null,
};

/** A plan on an outbox that does what the test says, at times that the test sets. */
function planned(changes: Partial<SendPlan> = {}) {
  const sent: { text: string; at: number }[] = [];
  const clock = { ms: 0 };
  let slot: 'free' | 'full' | 'waiting' = 'free';
  let waiting: Sending | null = null;
  const fail = (code: 'slot-full' | 'closed') => new ShmscopeError(code, 'No.');
  const outbox: ConstructorParameters<typeof SendingPlan>[1] = {
    checkFits: (bytes) => {
      if (bytes.length > 10) throw new ShmscopeError('payload-too-large', 'Too large.');
    },
    send: (bytes, done, failed) => {
      const letter: Sending = {
        type: 'message',
        bytes,
        done,
        fail: failed,
        since: clock.ms,
        options: {},
        held: false,
      };
      sent.push({ text: new TextDecoder().decode(bytes), at: clock.ms });
      waiting = letter;
      return letter;
    },
    withdraw: (letter) => {
      if (letter === waiting) waiting = null;
    },
  };
  const settle = () => {
    const letter = waiting;
    if (!letter || slot === 'waiting') return;
    waiting = null;
    if (slot === 'full') letter.fail(fail('slot-full'));
    else letter.done({ seq: sent.length, overwrote: false, waitedMs: 0 }, { at: { wall: 0, mono: 0 }, held: false });
  };
  const step = () => {
    plan.step();
    settle();
  };
  const plan = new SendingPlan({ ...COUNTED, ...changes }, outbox, () => ({
    wall: clock.ms * 1000,
    mono: clock.ms * 1000,
  }));
  return {
    plan,
    sent,
    waiting: () => waiting,
    slot: (next: typeof slot) => {
      slot = next;
    },
    /** Steps once each millisecond up to `ms`, as the session's loop would. */
    until: (ms: number) => {
      for (; clock.ms <= ms; clock.ms += 1) step();
    },
    jump: (ms: number) => {
      clock.ms = ms;
      step();
    },
  };
}

describe('a plan to send', () => {
  it('sends its count of messages at its interval, each with its number, and is done', () => {
    const { plan, sent, until } = planned();
    until(100);
    expect(sent).toEqual([
      { text: 'm5', at: 0 },
      { text: 'm6', at: 10 },
      { text: 'm7', at: 20 },
    ]);
    expect(plan.progress).toMatchObject({ state: 'done', sent: 3, refused: 0, total: 3, endedAt: 20_000 });
    expect(plan.dueIn()).toBe(Number.POSITIVE_INFINITY);
  });

  it('by time sends until the time is over', () => {
    const { plan, sent, until } = planned({ until: { what: 'time', durationMs: 45 } });
    until(100);
    expect(sent.map(({ at }) => at)).toEqual([0, 10, 20, 30, 40]);
    expect(plan.progress).toMatchObject({ state: 'done', sent: 5, total: null, durationMs: 45 });
  });

  it('says when it has something to do', () => {
    const { plan, jump } = planned();
    expect(plan.dueIn()).toBe(0);
    jump(0);
    expect(plan.dueIn()).toBe(10);
    jump(4);
    expect(plan.dueIn()).toBe(6);
  });

  it('that comes late does not make up for it in a burst', () => {
    const { sent, jump } = planned();
    jump(0);
    jump(35);
    jump(36);
    jump(45);
    expect(sent.map(({ at }) => at)).toEqual([0, 35, 45]);
  });

  it('that is always a little late, and now and then more, has no drift', () => {
    const { plan, sent, jump } = planned({ until: { what: 'count', count: 1000 }, intervalMs: 1 });
    let ms = 0;
    for (let steps = 0; plan.running && steps < 2000; steps++) {
      jump(ms);
      ms += plan.dueIn() + (steps % 100 === 50 ? 15 : 0.3);
    }
    expect(sent).toHaveLength(1000);
    expect(sent.at(-1)?.at).toBeCloseTo(999, 0);
  });

  it('counts a refused message, gives the next one the next number, and goes on', () => {
    const { plan, sent, slot, until } = planned();
    slot('full');
    until(5);
    slot('free');
    until(100);
    expect(sent.map(({ text }) => text)).toEqual(['m5', 'm6', 'm7']);
    expect(plan.progress).toMatchObject({ state: 'done', sent: 2, refused: 1 });
  });

  it('puts in no second message while one waits for its slot, and takes it back when it is stopped', () => {
    const { plan, sent, slot, waiting, until } = planned();
    slot('waiting');
    until(50);
    expect(sent).toHaveLength(1);
    expect(waiting()).not.toBeNull();
    plan.stop();
    expect(waiting()).toBeNull();
    expect(plan.progress).toMatchObject({ state: 'stopped', sent: 0, refused: 0 });
    until(100);
    expect(sent).toHaveLength(1);
  });

  it('whose message can never fit is refused at once', () => {
    const template: SendPlan['template'] = [{ type: 'bytes', bytes: new Uint8Array(10) }, { type: 'n' }];
    expect(() => planned({ template })).toThrow(expect.objectContaining({ code: 'payload-too-large' }));
  });

  it('fails for anything but a full slot, and says why', () => {
    const { plan, slot, until, waiting } = planned();
    slot('waiting');
    until(1);
    waiting()?.fail(new ShmscopeError('payload-too-large', 'Grown too large.'));
    expect(plan.progress).toMatchObject({ state: 'failed', failure: { code: 'payload-too-large' } });
  });

  it('moves its interval evenly when it is ramped', () => {
    const { sent, until } = planned({ until: { what: 'count', count: 5 }, intervalMs: 40, rampToMs: 0 });
    until(200);
    expect(sent.map(({ at }) => at)).toEqual([0, 40, 70, 90, 100]);
    expect([-1, 0, 0.5, 1, 2].map((share) => intervalAt({ intervalMs: 100, rampToMs: 200 }, share))).toEqual([
      100, 100, 150, 200, 200,
    ]);
  });

  it('ramps the size of its messages, and is refused at once when the last would not fit', () => {
    const template = (toDigits: number): SendPlan['template'] => [{ type: 'random', digits: 2, toDigits }];
    const { sent, until } = planned({ template: template(10) });
    until(100);
    expect(sent.map(({ text }) => text.length)).toEqual([2, 6, 10]);
    expect(() => planned({ template: template(11) })).toThrow(expect.objectContaining({ code: 'payload-too-large' }));
  });
});
