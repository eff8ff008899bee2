/** Asks again and again, one question at a time: at once where something else is wanted, else after a while. */
export class Poll {
  readonly #ask: () => Promise<boolean>;
  readonly #every: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAsking = false;
  #isWanted = false;
  #hasEnded = false;

  /** `ask` tells whether to ask again after `every` ms. */
  constructor(every: number, ask: () => Promise<boolean>) {
    this.#every = every;
    this.#ask = ask;
  }

  /** What was asked for is no longer what is wanted. */
  now(): void {
    this.#isWanted = true;
    if (!this.#isAsking) void this.#run();
  }

  end(): void {
    this.#hasEnded = true;
    clearTimeout(this.#timer);
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  async #run(): Promise<void> {
    clearTimeout(this.#timer);
    this.#isAsking = true;
    let again = false;
    while (this.#isWanted && !this.#hasEnded) {
      this.#isWanted = false;
      again = await this.#ask();
    }
    this.#isAsking = false;
    if (again && !this.#hasEnded) this.#timer = setTimeout(() => this.now(), this.#every);
  }
}
