import { type Instant, Mistake, type Span } from './ast.ts';

/** Reads and writes the language's times, and resolves those that are unambiguous by themselves. */

type Dated = Exclude<Instant, { since: number }>;
type Day = NonNullable<Dated['date']>;

const MINUTE = 60_000_000;
const DAY = 1440 * MINUTE;
/** µs since 1970 are exact in between. */
const [FIRST_YEAR, LAST_YEAR] = [1700, 2200];

const DATE = /(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)/;
const CLOCK = /(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?/;
const ZONE = / ?(?<zone>Z|UTC|[+\-−]\d\d(?::?\d\d)?)/;
const WRITTEN = new RegExp(`^(?:${DATE.source}(?:[T ](?=\\d)|(?!\\d)))?(?:${CLOCK.source})?(?:${ZONE.source})?$`, 'i');
const SINCE = /^\+(\d{1,9}):(\d\d):(\d\d)(?:[.,](\d{1,9}))?$/;
const EPOCH = /^(\d{9,10})(?:\.(\d{1,9}))?$/;

const EXAMPLES = ['10:00', '10:00:02.5', '2025-01-31T10:00:02.5', '2025-01-31T10:00:02.5+01:00', '+0:00:02.5'];

/** Throws {@link Mistake} if it isn't a time. */
export function readInstant(text: string, span: Span): Instant {
  const instant = sinceStart(text) ?? sinceEpoch(text) ?? dated(text);
  if (instant) return instant;
  throw new Mistake(
    span,
    'Expected a time of day such as 10:00:02.5, a date and time such as 2025-01-31T10:00, or +0:00:02.5 since the session began.',
    EXAMPLES,
  );
}

/** `+0:01:02.5`, as the log shows times since the start. */
function sinceStart(text: string): Instant | undefined {
  const [, hours, minutes, seconds, fraction] = SINCE.exec(text) ?? [];
  if (hours === undefined || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return { since: clock(Number(hours), Number(minutes), Number(seconds), fraction) };
}

/** `1738317602.5`, as the log shows seconds since 1970. */
function sinceEpoch(text: string): Instant | undefined {
  const [, seconds, fraction] = EPOCH.exec(text) ?? [];
  return seconds === undefined ? undefined : instantAt(clock(0, 0, Number(seconds), fraction), 0);
}

function dated(text: string): Instant | undefined {
  const { year, month, day, hour, minute, second = '0', fraction, zone } = WRITTEN.exec(text)?.groups ?? {};
  const [h, m, s] = [Number(hour ?? 0), Number(minute ?? 0), Number(second)];
  if ((year === undefined && hour === undefined) || h > 23 || m > 59 || s > 59) return undefined;
  const date = year === undefined ? null : { year: Number(year), month: Number(month), day: Number(day) };
  const offset = zone === undefined ? null : readOffset(zone);
  if (offset === undefined || (date && !exists(date))) return undefined;
  return { date, time: hour === undefined ? null : clock(h, m, s, fraction), offset };
}

const clock = (hours: number, minutes: number, seconds: number, fraction = ''): number =>
  ((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + Number(fraction.slice(0, 6).padEnd(6, '0'));

function readOffset(zone: string): number | undefined {
  const [, sign, hours, minutes = '0'] = /^([+\-−])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  if (sign === undefined) return 0;
  const ahead = Number(hours) * 60 + Number(minutes);
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return sign === '+' ? ahead : -ahead || 0;
}

/** A Date moves the 31st of a short month into the next one. */
function exists({ year, month, day }: Day): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= FIRST_YEAR && year <= LAST_YEAR;
}

/** µs since 1970 as a time of a clock that is `offset` minutes ahead of UTC. */
export function instantAt(wall: number, offset: number): Dated {
  const local = wall + offset * MINUTE;
  return { date: dayOf(local), time: local - Math.floor(local / DAY) * DAY, offset };
}

/** µs since 1970, as shown by a clock without an offset. */
export const dayOf = (local: number): Day => {
  const date = new Date(Math.floor(local / 1000));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

/** µs since 1970 for a date and time as a clock shows them. */
export const localOf = ({ year, month, day }: Day, time: number | null): number =>
  Date.UTC(year, month - 1, day) * 1000 + (time ?? 0);

const two = (n: number) => String(n).padStart(2, '0');

export function writeInstant(instant: Instant): string {
  if ('since' in instant) return `+${writeClock(instant.since, String)}`;
  const { date, time, offset } = instant;
  const day = date ? `${date.year}-${two(date.month)}-${two(date.day)}` : '';
  const between = date && time !== null ? 'T' : '';
  return `${day}${between}${time === null ? '' : writeClock(time, two)}${offset === null ? '' : writeOffset(offset)}`;
}

function writeClock(micros: number, hours: (n: number) => string): string {
  const seconds = Math.floor(micros / 1_000_000);
  const fraction = String(micros % 1_000_000)
    .padStart(6, '0')
    .replace(/0+$/, '');
  const clock = `${hours(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${clock}${fraction && `.${fraction}`}`;
}

/** `Z`, `+05:30`. */
function writeOffset(minutes: number): string {
  if (minutes === 0) return 'Z';
  const ahead = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`;
}

/**
 * µs since 1970; a time without a date is on the day of `openedAt`, also µs since 1970, if it has an offset. Throws
 * RangeError for a local time: only the window that it was written in knows what it means.
 */
export function resolveInstant({ date, time, offset }: Dated, openedAt: number): number {
  if (offset === null) throw new RangeError('a local time was not resolved');
  return localOf(date ?? dayOf(openedAt + offset * MINUTE), time) - offset * MINUTE;
}
