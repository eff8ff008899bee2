import { parseFilter, resolveInstant } from '../../shared/filter/filter.ts';
import type { PositionQuery } from '../../shared/find.ts';

/**
 * Reads where to go: a record number, or a time as the filter language writes it; without a date it is on the day that the session was
 * opened (`openedAt`, µs since 1970). A sentence where it is neither.
 */
export function goalOf(text: string, openedAt: number): PositionQuery['at'] | string {
  const wanted = text.trim();
  if (/^#?[\d,]+$/.test(wanted)) {
    const seq = Number(wanted.replace(/[#,]/g, ''));
    return Number.isSafeInteger(seq) ? { by: 'seq', seq } : 'There is no record with so large a number.';
  }
  const parsed = /["\\]/.test(wanted) ? null : parseFilter(`after:"${wanted}"`);
  if (parsed?.ok && parsed.filter.type === 'after')
    return { by: 'wall', wall: resolveInstant(parsed.filter.instant, openedAt) };
  return 'Write a record number such as 1200, a time of day such as 10:00:02.5, or a date and time such as 2025-01-31T10:00.';
}
