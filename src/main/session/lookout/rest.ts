/** The lookout may have been ended in the middle of a look, which takes microseconds. ms. */
const PATIENCE_MS = 1000;

const AWAKE = 0;

/**
 * Whether a tap rests, so that the lookout may read the tap's view for it; in memory that both threads share with the
 * main one. Holds the ticket of the rest, and its negative while the lookout looks.
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

  /** Returns the ticket that this rest is looked out for by. Only the tap begins one. */
  begin(): number {
    this.end();
    this.#ticket++;
    Atomics.store(this.#state, 0, this.#ticket);
    return this.#ticket;
  }

  /** When it returns the lookout does not touch the view any more, whatever it was told. */
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

  /** Looks, unless the rest of this ticket is over; it goes on while `look` returns true. Returns whether it does. */
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
