import { only } from '../../../shared/filter/edit.ts';
import { localInstant } from '../../../shared/filter/local-times.ts';
import type { Span } from './range.ts';
import { type WallClock, wallAt, wasSet } from './wall.ts';

/**
 * `filter` restricted to records within `span`, as local time with its offset; or as time since the session began, if
 * the clock was set meanwhile and its times would match other records too.
 */
export function filteredToSpan(filter: string, span: Span, clock: WallClock): string {
  const isSet = wasSet(clock);
  const instant = (mono: number) =>
    isSet ? { since: Math.max(0, Math.round(mono)) } : localInstant(wallAt(clock, mono));
  const from = only(filter, { type: 'after', instant: instant(span.from) });
  return only(from, { type: 'before', instant: instant(span.to) });
}
