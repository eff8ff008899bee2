import { resolveInstant } from '../../../shared/filter/filter.ts';
import { type Lifetime, resolveTimes } from '../../../shared/filter/local-times.ts';
import type { PositionQuery } from '../../../shared/find.ts';

/**
 * Reads where to go: a record number, or a time as the filter language writes it, `life` being the session's. A
 * sentence if it is neither, or an ambiguous time.
 */
export function goalOf(text: string, life: Lifetime): PositionQuery['at'] | string {
  const wanted = text.trim();
  if (/^#?\d[\d,]*$/.test(wanted)) {
    const seq = Number(wanted.replace(/[#,]/g, ''));
    return Number.isSafeInteger(seq) ? { by: 'seq', seq } : 'The record number is too large.';
  }
  const read = /["\\]/.test(wanted) ? null : resolveTimes(`after:"${wanted}"`, life);
  if (read?.ok && read.filter.type === 'after') {
    const { instant } = read.filter;
    return 'since' in instant
      ? { by: 'mono', mono: instant.since }
      : { by: 'wall', wall: resolveInstant(instant, life.from) };
  }
  if (read && !read.ok && read.error.isChoice) return read.error.message;
  return 'Enter a record number such as 1200, a time of day such as 10:00:02.5, or a date and time such as 2025-01-31T10:00.';
}
