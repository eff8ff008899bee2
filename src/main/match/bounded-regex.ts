import { createContext, Script } from 'node:vm';
import { ShmscopeError } from '../../shared/failure.ts';
import { compileRegex, type TermOf } from '../../shared/filter/filter.ts';
import { beginningOf } from './payload-text.ts';

/** ms that a regular expression may run over one payload. */
const SLOW_MS = 100;
const MOST_TRIES = 5;

/** What can make a regular expression try in many ways: a repetition, or a reference to what was found before. */
const TRIES = /[*+?{\\]/;

const TEST = new Script('regex.test(text)');

/**
 * A user's regular expression, which may never end by itself, in a thread that has to go on: V8 itself ends it, which
 * costs a quarter of a millisecond for each payload.
 */
export class BoundedRegex {
  readonly #needle: TermOf<'regex'>;
  readonly #regex: RegExp;
  readonly #context: { regex: RegExp; text: string } | null;

  constructor(needle: TermOf<'regex'>) {
    this.#needle = needle;
    this.#regex = compileRegex(needle);
    this.#context = TRIES.test(needle.source) ? (createContext({ regex: this.#regex, text: '' }) as never) : null;
  }

  /** Throws ShmscopeError `filter-too-slow`. `seq`: the record's number. */
  matches(payload: Buffer, seq: number): boolean {
    const text = beginningOf(payload, this.#needle.encoding ?? 'utf-8');
    if (!this.#context) return this.#regex.test(text);
    this.#context.text = text;
    try {
      return test(this.#context, seq);
    } finally {
      this.#context.text = '';
    }
  }
}

/** Where the thread had too little of the processor, it is tried again. */
function test(context: object, seq: number): boolean {
  for (let tries = 1; ; tries++) {
    const began = processorMs();
    try {
      return TEST.runInContext(context, { timeout: SLOW_MS }) as boolean;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      if (tries === MOST_TRIES || processorMs() - began >= SLOW_MS / 2) throw tooSlow(seq);
    }
  }
}

/** ms that this thread has had of the processor; of the clock, where Node.js is too old to tell. */
function processorMs(): number {
  const usage = (process as Partial<Pick<NodeJS.Process, 'threadCpuUsage'>>).threadCpuUsage?.();
  return usage ? (usage.user + usage.system) / 1000 : performance.now();
}

const tooSlow = (seq: number) =>
  new ShmscopeError(
    'filter-too-slow',
    `At record ${seq.toLocaleString('en-US')} its regular expression ran for more than ${SLOW_MS} ms. Simplify it so that it has fewer ways to match; nested repetitions such as (a+)+ are the usual cause.`,
  );
