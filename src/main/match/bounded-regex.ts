import { ShmscopeError } from '../../shared/failure.ts';
import { compileRegex, type TermOf } from '../../shared/filter/filter.ts';
import { BoundedCall, TooSlow } from './bounded-call.ts';
import { beginningOf } from './payload-text.ts';

const TEST = new BoundedCall<boolean>('regex.test(text)');

/** A user's regular expression, which may never end by itself, on a thread that has to go on. */
export class BoundedRegex {
  readonly #needle: TermOf<'regex'>;
  readonly #regex: RegExp;

  constructor(needle: TermOf<'regex'>) {
    this.#needle = needle;
    this.#regex = compileRegex(needle);
  }

  /** Throws ShmscopeError `filter-too-slow`. `seq`: the record's number. */
  matches(payload: Buffer, seq: number): boolean {
    try {
      return TEST.run(this.#regex, beginningOf(payload, this.#needle.encoding ?? 'utf-8'));
    } catch (error) {
      throw error instanceof TooSlow ? tooSlow(seq, error.ms) : error;
    }
  }
}

const tooSlow = (seq: number, ms: number) =>
  new ShmscopeError(
    'filter-too-slow',
    `At record ${seq.toLocaleString('en-US')} its regular expression ran for more than ${ms} ms. Simplify it so that it has fewer ways to match; nested repetitions such as (a+)+ are the usual cause.`,
  );
