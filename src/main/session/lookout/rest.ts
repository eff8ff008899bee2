/** The lookout may have been ended in the middle of a look, which takes microseconds. In ms. */
const PATIENCE_MS = 1000;

const AWAKE = 0;

/**
 * Whether a tap rests, so that the lookout may read the tap's view for it; in memory shared by both threads and the
 * main one. Holds the ticket of the rest, negated while the lookout looks.
 */
export class Rest {
  readonly buffer: SharedArrayBuffer;
  readonly #state: Int32Array;
  #ticket = 0;

  constructor(buffer = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#state = new Int32Array(buffer);
  }

  get isResting(): boolean {
    return Atomics.load(this.#state, 0) !== AWAKE;
  }

  /** Returns the ticket of this rest. Only the tap starts one. */
  begin(): number {
    this.end();
    this.#ticket++;
    Atomics.store(this.#state, 0, this.#ticket);
    return this.#ticket;
  }

  /** Once it returns, the lookout no longer touches the view, whatever it was told. */
  end(): void {
    for (;;) {
      const state = Atomics.load(this.#state, 0);
      if (state === AWAKE) return;
      if (state > 0 && Atomics.compareExchange(this.#state, 0, state, AWAKE) === state) return;
      if (state > 0 || Atomics.wait(this.#state, 0, state, PATIENCE_MS) !== 'timed-out') continue;
      Atomics.store(this.#state, 0, AWAKE);
      return;
    }
  }

  /** Looks, unless this ticket's rest is over; it continues while `look` returns true. Returns whether it does. */
  during(ticket: number, look: () => boolean): boolean {
    if (Atomics.compareExchange(this.#state, 0, ticket, -ticket) !== ticket) return false;
    let goesOn = false;
    try {
      goesOn = look();
    } finally {
      Atomics.store(this.#state, 0, goesOn ? ticket : AWAKE);
      Atomics.notify(this.#state, 0);
    }
    return goesOn;
  }
}
