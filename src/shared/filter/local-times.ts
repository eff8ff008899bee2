import { instantsAround, instantsOf, localAt, offsetAt, startOfDay } from '../zone.ts';
import { type FilterError, type Instant, MAX_FILTER_TEXT, Mistake, type Node, type Span } from './ast.ts';
import type { Catalogue } from './catalogue.ts';
import { dayOf, instantAt, localOf, resolveInstant, writeInstant } from './instants.ts';
import { parseFilter } from './parse.ts';
import { BUILT_IN } from './terms.ts';
import { tokens } from './tokens.ts';

/**
 * Times of a window's local clock, resolved to instants before they leave the window: hosts and other windows are in
 * other zones. Never runs in a host.
 */

type Dated = Exclude<Instant, { since: number }>;
type Day = NonNullable<Dated['date']>;

/** When a session was recorded, from its first moment to its last one or to now, in µs since 1970. */
export interface Lifetime {
  readonly from: number;
  readonly to: number;
}

export type Resolved =
  /** The filter, without local times. */
  | { readonly ok: true; readonly text: string; readonly filter: Node }
  | { readonly ok: false; readonly error: FilterError };

const DAY = 86_400_000_000;
/** Days of a session that are tried for a time without a date. */
const MOST_DAYS = 400;

/**
 * The filter with every local time written as an instant; or its mistake, such as a time that the local clock showed
 * twice or never, or on several days of the session. Never throws.
 */
export function resolveTimes(text: string, life: Lifetime, catalogue: Catalogue = BUILT_IN): Resolved {
  const parsed = parseFilter(text, catalogue);
  if (!parsed.ok) return parsed;
  try {
    const resolved = withInstants(text, life, catalogue);
    const again = resolved === text ? parsed : parseFilter(resolved, catalogue);
    return again.ok ? { ok: true, text: resolved, filter: again.filter } : tooLong(text);
  } catch (error) {
    if (error instanceof Mistake) return { ok: false, error: error.error };
    throw error;
  }
}

function withInstants(text: string, life: Lifetime, catalogue: Catalogue): string {
  let resolved = '';
  let at = 0;
  for (const token of tokens(text, catalogue)) {
    if (token.type !== 'field') continue;
    const { span } = token.value;
    const term = catalogue.field(token.name)?.read(token.value);
    const instant = term && catalogue.of(term).instantOf?.(term);
    if (!instant || 'since' in instant || (instant.date && instant.offset !== null)) continue;
    resolved += text.slice(at, span.from) + writeInstant(instantAt(meant(instant, life, span), 0));
    at = span.to;
  }
  return resolved + text.slice(at);
}

const tooLong = (text: string): Resolved => ({
  ok: false,
  error: {
    span: { from: 0, to: text.length },
    message: `This filter has too many local times: written in UTC it is longer than ${MAX_FILTER_TEXT.toLocaleString('en-US')} characters.`,
    expected: [],
  },
});

/** The one instant that is meant, in µs since 1970. Throws {@link Mistake} if there is none, or there are several. */
function meant(instant: Dated, life: Lifetime, span: Span): number {
  const days = instant.date ? [instant.date] : daysOf(life, instant.offset);
  const found = days.flatMap((date) => instantsOn({ ...instant, date }));
  const [first, second] = found;
  const local = localOf(days[0] as Day, instant.time);
  if (first === undefined) throw never(local, span);
  if (second === undefined) return first;
  if (days.length === 1) throw twice(local, found, span);
  const within = found.filter((wall) => wall >= life.from && wall <= life.to);
  if (within.length === 1) return within[0] as number;
  throw severalDays(within.length > 1 ? within : found, span);
}

function instantsOn({ date, time, offset }: Dated & { readonly date: Day }): number[] {
  if (offset !== null) return [resolveInstant({ date, time, offset }, 0)];
  if (time !== null) return instantsOf(localOf(date, time));
  const start = startOfDay(localOf(date, null));
  return start === null ? [] : [start];
}

/** The days on which a session was recorded, by the clock that is meant. */
function daysOf({ from, to }: Lifetime, offset: number | null) {
  const shown = (wall: number) => (offset === null ? localAt(wall) : wall + offset * 60_000_000);
  const [first, last] = [shown(from), Math.max(shown(from), shown(to))].map((local) => Math.floor(local / DAY));
  const count = Math.min(MOST_DAYS, (last as number) - (first as number) + 1);
  return Array.from({ length: count }, (_, i) => dayOf(((first as number) + i) * DAY));
}

function twice(local: number, found: readonly number[], span: Span): Mistake {
  const [first, second] = found.map(writeLocal);
  return choice(
    span,
    `The clock showed ${said(local)} twice, before and after it was put back. Write ${first} or ${second}.`,
    found,
  );
}

function never(local: number, span: Span): Mistake {
  const around = instantsAround(local);
  const [before, after] = around.map(writeLocal);
  return choice(
    span,
    `The clock never showed ${said(local)}: it was put forward past it. Write ${before} or ${after}.`,
    around,
  );
}

function severalDays(found: readonly number[], span: Span): Mistake {
  const ends = [found[0] as number, found.at(-1) as number];
  const [first, last] = ends.map(writeLocal);
  return choice(
    span,
    `The session was recorded on several days, so the date is needed too: ${first} or ${last}, for instance.`,
    ends,
  );
}

const choice = (span: Span, message: string, walls: readonly number[]) =>
  new Mistake(span, message, walls.map(writeLocal), true);

/** A time of the local clock, for a sentence: "02:30:00 on 2026-03-08". */
function said(local: number): string {
  const [day, clock] = writeInstant({ ...instantAt(local, 0), offset: null }).split('T');
  return `${clock} on ${day}`;
}

/** µs since 1970 by the local clock, with its offset: no other instant is written like that. */
export function localInstant(wall: number): Instant {
  const minutes = offsetAt(wall) / 60_000_000;
  return instantAt(wall, Number.isInteger(minutes) ? minutes : 0);
}

const writeLocal = (wall: number) => writeInstant(localInstant(wall));
