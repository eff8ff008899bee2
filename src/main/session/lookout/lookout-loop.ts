import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { Spot } from '../../channel/tap/tap.ts';
import type { Kernel, KernelEvent, View } from '../../kernel/kernel.ts';
import { type Pinned, pinned } from '../../kernel/pinned.ts';
import type { LookoutAssignment, Resting } from './protocol.ts';
import { Rest } from './rest.ts';

/** ms between looks at all resting channels, and how long it sleeps if there are none. */
const LOOK_MS = 8;
const SLEEP_MS = 60_000;

/** Watches for all resting taps, and wakes the one on whose channel something happens. Blocks its thread. */
export function lookOut(kernel: Kernel, { lookout: port, wake: token }: LookoutAssignment): void {
  const wake = kernel.attachEvent(token);
  const clock = kernel.clock();
  const watches = new Set<Watch>();
  try {
    for (let goesOn = true; goesOn; ) {
      const isWoken = kernel.waitAny([wake], watches.size > 0 ? LOOK_MS : SLEEP_MS) === 0;
      if (isWoken) goesOn = takeAll(port, (resting) => watches.add(new Watch(kernel, resting)));
      for (const watch of watches) if (!watch.look()) watches.delete(watch);
    }
  } finally {
    for (const watch of watches) watch.close();
    clock.close();
    wake.close();
    port.close();
  }
}

/** False when it should end. */
function takeAll(port: MessagePort, take: (resting: Resting) => void): boolean {
  for (let got = receiveMessageOnPort(port); got; got = receiveMessageOnPort(port)) {
    if (got.message === 'end') return false;
    take(got.message);
  }
  return true;
}

/** One resting tap. */
class Watch {
  readonly #kernel: Kernel;
  readonly #resting: Resting;
  readonly #rest: Rest;
  readonly #view: View;
  readonly #spots: readonly WatchedSpot[];
  #tap: KernelEvent | null = null;

  constructor(kernel: Kernel, resting: Resting) {
    this.#kernel = kernel;
    this.#resting = resting;
    this.#rest = new Rest(resting.rest);
    this.#view = kernel.attachView(resting.view);
    this.#spots = resting.spots.map((spot) => new WatchedSpot(spot));
  }

  /** False once the rest is over, perhaps because something has happened. */
  look(): boolean {
    let hasChanged = false;
    const goesOn = this.#rest.during(this.#resting.ticket, () => {
      // Only while it rests is the event certainly still its own.
      this.#tap ??= this.#kernel.attachEvent(this.#resting.wake);
      hasChanged = !this.#spots.every((spot) => spot.isUnchanged(this.#view));
      return !hasChanged;
    });
    if (goesOn) return true;
    if (hasChanged) this.#tap?.set();
    this.close();
    return false;
  }

  close(): void {
    this.#tap?.close();
    this.#tap = null;
  }
}

class WatchedSpot {
  readonly #offset: number;
  readonly #bytes: Pinned;

  constructor({ offset, bytes }: Spot) {
    this.#offset = offset;
    this.#bytes = pinned(bytes.byteLength);
    this.#bytes.set(bytes);
  }

  isUnchanged(view: View): boolean {
    return view.holds(this.#offset, this.#bytes);
  }
}
