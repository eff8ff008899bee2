import type { WriteStream } from 'node:tty';

/** ms between two progress updates. */
const INTERVAL = 100;
const CLEAR = '\r\u001b[K';

/** Progress on a line of the terminal that the next output overwrites; nothing elsewhere. */
export class Progress {
  readonly #terminal: WriteStream | undefined;
  #shownAt = 0;
  #isShown = false;

  /** @param isWanted other output doesn't go to the same terminal */
  constructor(isWanted: boolean) {
    this.#terminal = isWanted && process.stderr.isTTY ? process.stderr : undefined;
  }

  /** Whether showing it now would change anything. */
  get isDue(): boolean {
    return this.#terminal !== undefined && performance.now() - this.#shownAt >= INTERVAL;
  }

  show(what: string, done: number, total: number): void {
    const now = performance.now();
    if (!this.#terminal || now - this.#shownAt < INTERVAL) return;
    this.#shownAt = now;
    this.#isShown = true;
    const n = (count: number) => count.toLocaleString('en-US');
    const share = total > 0 ? ` (${Math.floor((100 * done) / total)} %)` : '';
    const line = `${what}: ${n(done)} of ${n(total)}${share}`;
    this.#terminal.write(CLEAR + line.slice(0, this.#terminal.columns - 1));
  }

  clear(): void {
    if (this.#isShown) this.#terminal?.write(CLEAR);
    this.#isShown = false;
  }
}
