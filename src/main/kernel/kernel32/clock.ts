import type { Clock } from '../kernel.ts';
import {
  CloseHandle,
  CREATE_WAITABLE_TIMER_HIGH_RESOLUTION,
  CreateWaitableTimerExW,
  IS_WINE,
  NtDelayExecution,
  POINTER_INTS,
  SetWaitableTimer,
  SYNCHRONIZE,
  TIMER_MODIFY_STATE,
  timeBeginPeriod,
  timeEndPeriod,
  WAIT_TIMEOUT,
  WaitForMultipleObjects,
} from './bindings.ts';

/** Windows' tick: a plain wait ends at the first one after its time, so it is up to this much late, in ms. */
export const TICK_MS = 16;
const PER_MS = 10_000;
/** A LARGE_INTEGER in two halves: 100 ns, negative for a time from now. */
const span = new Int32Array([0, -1]);

function fromNow(ms: number): Int32Array {
  span[0] = -Math.ceil(ms * PER_MS);
  return span;
}

/**
 * Times the short waits of one thread with a high-resolution timer in the wait set. Windows before 10 1803 has none:
 * there the tick is shortened for the duration of the wait.
 */
export class ShortWaits implements Clock {
  /** 0: Windows has none. */
  #timer: number | null = null;
  /** When the timer is due, in ms of performance.now(); it isn't set again while that will do, to save a call. */
  #due = Number.NEGATIVE_INFINITY;
  readonly #createTimer: () => number;
  readonly #isWine: boolean;
  readonly #timerOnly = new Int32Array(POINTER_INTS);

  constructor(createTimer = highResolutionTimer, isWine = IS_WINE) {
    this.#createTimer = createTimer;
    this.#isWine = isWine;
  }

  get lease() {
    return { address: 0, extent: 0, handle: this.#open() };
  }

  /**
   * Waits for one of `count` handles until `deadline`, which is `left` ms away. May be early, but is at most a
   * millisecond late.
   */
  wait(handles: Int32Array, count: number, deadline: number, left: number): number {
    const timer = this.#open();
    if (timer === 0 || count * POINTER_INTS === handles.length) return onShortTicks(handles, count, left);
    if (this.#due <= deadline - left || this.#due > deadline) this.#set(timer, deadline, left);
    handles[POINTER_INTS * count] = timer;
    const result = WaitForMultipleObjects(count + 1, handles, 0, Math.ceil(left) + TICK_MS);
    if (result !== count) return result;
    this.#due = Number.NEGATIVE_INFINITY;
    return WAIT_TIMEOUT;
  }

  /** Lets `ms` pass. Wine delays a thread precisely without a timer, and without asking its server. */
  pause(ms: number): void {
    const deadline = performance.now() + ms;
    for (let left = ms; left > 0; left = deadline - performance.now()) {
      if (this.#isWine) delay(left);
      else this.wait(this.#timerOnly, 0, deadline, left);
    }
  }

  close(): void {
    if (this.#timer) CloseHandle(this.#timer);
    this.#timer = null;
    this.#due = Number.NEGATIVE_INFINITY;
  }

  #open(): number {
    this.#timer ??= this.#createTimer();
    return this.#timer;
  }

  #set(timer: number, deadline: number, left: number): void {
    SetWaitableTimer(timer, fromNow(left), 0, null, null, 0);
    this.#due = deadline;
  }
}

function highResolutionTimer(): number {
  const access = SYNCHRONIZE | TIMER_MODIFY_STATE;
  return CreateWaitableTimerExW(null, null, CREATE_WAITABLE_TIMER_HIGH_RESOLUTION, access);
}

function onShortTicks(handles: Int32Array, count: number, left: number): number {
  timeBeginPeriod(1);
  try {
    if (count > 0) return WaitForMultipleObjects(count, handles, 0, Math.ceil(left));
    delay(left);
    return WAIT_TIMEOUT;
  } finally {
    timeEndPeriod(1);
  }
}

function delay(ms: number): void {
  NtDelayExecution(0, fromNow(ms));
}
