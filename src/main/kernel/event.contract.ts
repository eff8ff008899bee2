/**
 * Rules for every adapter of the kernel port: events and waits. Runs on each of them with Node's own test runner, by
 * `node src/main/kernel/event.contract.ts`, and by the Windows Node.js in Wine.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { code, isSet, keep, kernel, makeEvent, newName, PATIENCE_MS, startThread } from './contract.testing.ts';
import { openHandles } from './contract-handles.testing.ts';
import type { Order } from './kernel.contract-peer.ts';
import { ERROR } from './kernel.ts';

/** That `wait` takes no less than the time given, and hardly longer. */
function assertTimely(wait: (ms: number) => void): void {
  /**
   * The tenth that ended soonest: a busy machine makes most waits late, a clock that ticks too slowly all but the
   * first.
   */
  const soonest = (ms: number): number[] => {
    const late = Array.from({ length: ms < 5 ? 100 : 20 }, () => {
      const start = performance.now();
      wait(ms);
      return performance.now() - start - ms;
    });
    late.sort((a, b) => a - b);
    return late.slice(0, Math.floor(late.length / 10) + 1);
  };
  // A machine may be busy for a whole series of waits, but not for each of many.
  const SERIES = 20;
  for (const ms of [0.2, 0.5, 1, 2.5, 17.25, 40]) {
    let promised = Infinity;
    for (let series = 0; series < SERIES && promised > kernel.resolutionMs; series++) {
      const late = soonest(ms);
      assert.ok((late[0] as number) >= 0, `${late[0]} ms after a wait of ${ms} ms`);
      promised = Math.min(promised, late.at(-1) as number);
    }
    assert.ok(promised <= kernel.resolutionMs, `${promised} ms late after a wait of ${ms} ms`);
  }
}

describe('a pause', () => {
  test('takes no less than the time given, and hardly longer', () => assertTimely((ms) => kernel.pause(ms)));
});

describe('an event', () => {
  test('is not signalled when new, and once when it was set twice', (t) => {
    const event = makeEvent(t, newName());
    assert.equal(isSet(event), false);
    event.set();
    event.set();
    assert.deepEqual([isSet(event), isSet(event)], [true, false]);
  });

  test('is of the kind that a wait resets, whoever made it and however it was come by', (t) => {
    const name = newName();
    const unnamed = makeEvent(t);
    const events = [unnamed, makeEvent(t, name), makeEvent(t, name), keep(t, kernel.openEvent(name))];
    const attached = keep(t, kernel.attachEvent(unnamed.token));
    assert.deepEqual(
      [...events, attached].map(({ reset }) => reset),
      Array(5).fill('auto'),
    );
  });

  test('tells its state to who only asks for it, and keeps its signal for who waits', (t) => {
    const name = newName();
    const event = makeEvent(t, name);
    const state = keep(t, kernel.openEventState(name));
    assert.equal(state.signalled(), false);
    event.set();
    assert.deepEqual([state.signalled(), state.signalled()], [true, true]);
    assert.deepEqual([isSet(event), state.signalled(), isSet(event)], [true, false, false]);
    assert.equal(state.reset, 'auto');
    state.check();
    state.close();
    state.close();
    for (const use of [() => state.signalled(), () => state.check()]) assert.throws(use, /closed/);
  });

  test('made a second time is told to have existed, and is the same event', (t) => {
    const name = newName();
    const first = makeEvent(t, name);
    const { event, existed } = kernel.createEvent(name);
    keep(t, event).set();
    assert.equal(existed, true);
    assert.equal(isSet(first), true);
  });

  test('of several that are set, the lowest index is taken and the others stay set', (t) => {
    const events = [makeEvent(t), makeEvent(t, newName()), makeEvent(t), makeEvent(t, newName())];
    events[3]?.set();
    events[1]?.set();
    const answers = [1, 2, 3].map(() => kernel.waitAny(events, 0));
    assert.deepEqual(answers, [1, 3, -1]);
  });

  test('that is never set ends the wait by its timeout', (t) => {
    const event = makeEvent(t, newName());
    const start = performance.now();
    assert.equal(kernel.waitAny([event], 100), -1);
    const took = performance.now() - start;
    assert.ok(took >= 100 && took < 2000, `${took} ms`);
  });

  test('is waited for with up to 63 others, and for a time that ends', (t) => {
    const events = Array.from({ length: 64 }, () => makeEvent(t));
    events[63]?.set();
    assert.equal(kernel.waitAny(events, 0), 63);
    for (const wrong of [[], [...events, makeEvent(t)]]) assert.throws(() => kernel.waitAny(wrong, 0), RangeError);
    for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY, 0xffff_ffff]) {
      assert.throws(() => kernel.waitAny(events, wrong), RangeError, `${wrong} ms`);
    }
  });

  test('that is never set is waited for no less than the time given, and hardly longer', (t) => {
    const events = [makeEvent(t), makeEvent(t)];
    assertTimely((ms) => assert.equal(kernel.waitAny(events, ms), -1));
  });

  test('that is set ends a short wait too, among others and among as many as can be waited for', (t) => {
    const events = Array.from({ length: 64 }, () => makeEvent(t));
    for (const few of [events.slice(0, 1), events.slice(0, 2), events]) {
      few.at(-1)?.set();
      assert.deepEqual([kernel.waitAny(few, 2.5), kernel.waitAny(few, 0.5)], [few.length - 1, -1]);
    }
  });

  test('can be waited for after the clock was closed, however often', (t) => {
    const event = makeEvent(t);
    kernel.waitAny([event], 0.5);
    kernel.clock().close();
    const before = openHandles();
    for (let round = 0; round < 50; round++) {
      assert.equal(kernel.waitAny([event], 0.1), -1);
      kernel.clock().close();
      kernel.clock().close();
    }
    assert.ok(openHandles() - before < 5, `${openHandles() - before} handles more`);
  });

  test('can be closed twice; any other use after it throws', () => {
    const { event } = kernel.createEvent(newName());
    event.close();
    event.close();
    for (const use of [() => event.set(), () => event.token, () => kernel.waitAny([event], 0)]) {
      assert.throws(use, /closed/);
    }
  });

  test('without a name wakes a wait in another thread', async (t) => {
    const event = makeEvent(t);
    const thread = await startThread(t, { role: 'wait', token: event.token, timeoutMs: PATIENCE_MS });
    const answer = once(thread, 'message');
    event.set();
    assert.deepEqual(await answer, [0]);
    assert.equal(isSet(event), false);
  });

  test('wakes one of two waiting threads', async (t) => {
    const event = makeEvent(t);
    const order: Order = { role: 'wait', token: event.token, timeoutMs: 1000 };
    const threads = await Promise.all([startThread(t, order), startThread(t, order)]);
    const answers = threads.map((thread) => once(thread, 'message'));
    event.set();
    assert.deepEqual((await Promise.all(answers)).flat().sort(), [-1, 0]);
  });

  test('attached by its token and the original are closed each on its own', () => {
    const original = kernel.createEvent(null).event;
    const attached = kernel.attachEvent(original.token);
    kernel.attachEvent(original.token).close();
    original.set();
    assert.equal(isSet(attached), true);
    original.close();
    attached.set();
    assert.equal(isSet(attached), true);
    attached.close();
  });

  test('cannot be attached by a token of nothing', () => {
    const { event } = kernel.createEvent(null);
    const { token } = event;
    event.close();
    assert.equal(
      code(() => kernel.attachEvent(token)),
      ERROR.INVALID_HANDLE,
    );
  });
});
