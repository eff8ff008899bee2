import { expect, test } from 'vitest';
import { Rest } from './rest.ts';

/** The tap's side, and the lookout's on the same memory. */
function both() {
  const tap = new Rest();
  return { tap, lookout: new Rest(tap.buffer) };
}

test('a rest is looked at as long as nothing has happened, and is over when something has', () => {
  const { tap, lookout } = both();
  const ticket = tap.begin();
  expect([lookout.during(ticket, () => true), tap.isResting]).toEqual([true, true]);
  expect([lookout.during(ticket, () => false), tap.isResting]).toEqual([false, false]);
});

test('a rest that the tap has ended is not looked at any more, nor is it by the ticket of an earlier one', () => {
  const { tap, lookout } = both();
  const looks: number[] = [];
  const look = (ticket: number) => lookout.during(ticket, () => looks.push(ticket) > 0);
  const first = tap.begin();
  tap.end();
  expect([look(first), tap.isResting]).toEqual([false, false]);
  const second = tap.begin();
  expect([look(first), look(second)]).toEqual([false, true]);
  expect(looks).toEqual([second]);
});

test('a look that throws ends the rest', () => {
  const { tap, lookout } = both();
  const ticket = tap.begin();
  const failing = () => {
    throw new Error('The view is lost.');
  };
  expect(() => lookout.during(ticket, failing)).toThrow('The view is lost.');
  expect(tap.isResting).toBe(false);
});

test('a lookout that died in the middle of a look keeps no tap waiting forever', () => {
  const { tap } = both();
  tap.begin();
  new Int32Array(tap.buffer)[0] = -1;
  tap.end();
  expect(tap.isResting).toBe(false);
});
