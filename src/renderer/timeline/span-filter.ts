import type { Instant } from '../../shared/filter/ast.ts';
import { only } from '../../shared/filter/edit.ts';
import type { Span } from './range.ts';

/** `filter` with the demand that records lie within `span`. `openedAt`: when the session began, µs since 1970. */
export function filteredToSpan(filter: string, span: Span, openedAt: number): string {
  const from = only(filter, { type: 'after', instant: localInstant(openedAt + span.from) });
  return only(from, { type: 'before', instant: localInstant(openedAt + span.to) });
}

/** `wall` in µs since 1970, as a date and a time on the local clock. */
function localInstant(wall: number): Instant {
  const at = new Date(Math.floor(wall / 1000));
  const seconds = (at.getHours() * 60 + at.getMinutes()) * 60 + at.getSeconds();
  return {
    date: { year: at.getFullYear(), month: at.getMonth() + 1, day: at.getDate() },
    time: seconds * 1_000_000 + (wall % 1_000_000),
    utc: false,
  };
}
