/** Asks repeatedly, one request at a time: at once if something else is wanted, else after a while. */
export class Poll {
  readonly #ask: () => Promise<number | null>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAsking = false;
  #isWanted = false;
  #hasEnded = false;

  /** `ask` returns after how many ms to ask again; null: not before something else is wanted. */
  constructor(ask: () => Promise<number | null>) {
    this.#ask = ask;
  }

  /** What was requested is no longer what is wanted. */
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
    let again: number | null = null;
    while (this.#isWanted && !this.#hasEnded) {
      this.#isWanted = false;
      again = await this.#ask();
    }
    this.#isAsking = false;
    if (again !== null && !this.#hasEnded) this.#timer = setTimeout(() => this.now(), again);
  }
}
