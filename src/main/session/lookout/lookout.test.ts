import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { builtWorker } from '../../built-worker.testing.ts';
import type { Kernel, KernelEvent, Section } from '../../kernel/kernel.ts';
import { openKernel } from '../../kernel/open.ts';
import { ownRuntimeDirectory, utf8 } from '../testing.ts';
import { Lookout } from './lookout.ts';
import { Rest } from './rest.ts';

const PATIENCE_MS = 10_000;

ownRuntimeDirectory();
let kernel: Kernel;
let lookout: Lookout;
beforeAll(async () => {
  kernel = await openKernel();
  lookout = new Lookout(kernel, builtWorker('session'));
});
const opened: { close(): void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});
afterAll(() => lookout.close());

interface RestingTap {
  readonly section: Section;
  readonly wake: KernelEvent;
  readonly rest: Rest;
}

let names = 0;
/** A tap that rests as long as the first bytes of its section are `bytes`. */
function resting(bytes = new Uint8Array(8)): RestingTap {
  const { section } = kernel.createSection(`Local\\lookout${process.pid}-${names++}`, 4096);
  const wake = kernel.createEvent(null).event;
  const rest = new Rest();
  opened.push(section, wake, { close: () => rest.end() });
  lookout.watch({
    ...{ ticket: rest.begin(), rest: rest.buffer, view: section.lease, wake: wake.token },
    spots: [{ offset: 0, bytes }],
  });
  return { section, wake, rest };
}

const isWoken = ({ wake }: RestingTap, ms = PATIENCE_MS) => kernel.waitAny([wake], ms) === 0;

describe('a tap that rests', () => {
  test('is woken when something happens on its channel, and no other is', () => {
    const [one, other] = [resting(), resting()];
    one.section.write(4, utf8('!'));
    expect([isWoken(one), one.rest.isResting]).toEqual([true, false]);
    expect([isWoken(other, 0), other.rest.isResting]).toEqual([false, true]);
    other.section.write(0, utf8('!'));
    expect(isWoken(other)).toBe(true);
  });

  test('is woken by what happened before it was looked out for', () => {
    expect(isWoken(resting(utf8('what was')))).toBe(true);
  });

  test('that has ended its rest is left alone, and its section can be closed', () => {
    const [gone, there] = [resting(), resting()];
    gone.rest.end();
    gone.section.write(0, utf8('!'));
    gone.section.close();
    there.section.write(0, utf8('!'));
    expect(isWoken(there)).toBe(true);
    expect(isWoken(gone, 0)).toBe(false);
  });
});

test('a lookout that has died is followed by another', async () => {
  const mortal = new Lookout(kernel, new URL('data:text/javascript,throw new Error("no koffi here")'));
  const { section, wake, rest } = resting();
  const one = { ticket: rest.begin(), rest: rest.buffer, view: section.lease, wake: wake.token, spots: [] };
  mortal.watch(one);
  await mortal.close();
  mortal.watch(one);
  await mortal.close();
});
