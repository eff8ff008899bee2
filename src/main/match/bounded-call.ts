import { type Context, createContext, Script } from 'node:vm';

/** ms that a regular expression may take for one text. */
const SLOW_MS = 100;
const MOST_TRIES = 5;

/** What can make a regular expression try many ways: a repetition, or a back reference. */
const TRIES = /[*+?{\\]/;

/** It ran for too long. */
export class TooSlow extends Error {
  readonly ms = SLOW_MS;
}

/**
 * Something done with a user's `regex` and a `text`: V8 itself ends it, which costs a quarter of a millisecond each
 * time.
 */
export class BoundedCall<T> {
  readonly #script: Script;
  readonly #given: { regex: RegExp | null; text: string } = { regex: null, text: '' };
  #context: Context | undefined;

  constructor(code: string) {
    this.#script = new Script(code);
  }

  /** Throws {@link TooSlow}. */
  run(regex: RegExp, text: string): T {
    this.#context ??= createContext(this.#given);
    Object.assign(this.#given, { regex, text });
    try {
      return TRIES.test(regex.source) ? this.#bounded(this.#context) : (this.#script.runInContext(this.#context) as T);
    } finally {
      this.#given.text = '';
    }
  }

  /** If the thread got too little of the processor, it is tried again. */
  #bounded(context: Context): T {
    for (let tries = 1; ; tries++) {
      const began = processorMs();
      try {
        return this.#script.runInContext(context, { timeout: SLOW_MS }) as T;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
        if (tries === MOST_TRIES || processorMs() - began >= SLOW_MS / 2) throw new TooSlow();
      }
    }
  }
}

/** ms of processor time of this thread; wall time if Node.js is too old to tell. */
function processorMs(): number {
  const usage = (process as Partial<Pick<NodeJS.Process, 'threadCpuUsage'>>).threadCpuUsage?.();
  return usage ? (usage.user + usage.system) / 1000 : performance.now();
}
