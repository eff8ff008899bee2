import { ShmscopeError } from '../../../shared/failure.ts';

/** ms that one scan of about 15 ms may take: only a regular expression can take that long. */
export const SLOW_MS = 2000;
/** The same for a scan that nobody waits for any more. */
export const UNWANTED_MS = 250;

/** @param from the first of the scanned records */
export const tooSlow = (from: number) =>
  new ShmscopeError(
    'filter-too-slow',
    `The filter was stopped: near record ${from.toLocaleString('en-US')} its regular expression ran for more than ${SLOW_MS / 1000} s. Simplify it so that it has fewer ways to match; nested repetitions such as (a+)+ are the usual cause.`,
  );
