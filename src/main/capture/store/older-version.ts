import type { DatabaseSync } from 'node:sqlite';
import { COUNTERS, type Counter } from '../../../shared/record-kind.ts';
import { FACTOR, WIDTHS } from './levels.ts';
import { SCHEMA_VERSION } from './migrations/migrations.ts';
import { versionOf } from './schema.ts';

/** What stands in for each table, or its columns, in versions that lack it, as a query. */
interface Stand {
  readonly name: string;
  readonly since: number;
  readonly query: (version: number) => string;
}

const PAIRS = ['messages', 'bytes', 'largest', 'unread', 'sizes', 'unreads', 'replies'];

/** The same for both lanes of a bucket, which were stored by direction before version 5. */
const lanesOf = (pair: string) =>
  `CASE role WHEN 'server' THEN ${pair}_out ELSE ${pair}_in END AS ${pair}_s2c,
   CASE role WHEN 'server' THEN ${pair}_in ELSE ${pair}_out END AS ${pair}_c2s`;

/** The version since which each counter is a column of `bucket`. */
export const COUNTED_SINCE: Readonly<Record<Counter, number>> = {
  ...{ timeouts: 2, exits: 2, errors: 2, anomalies: 2 },
  ...{ alarms: 6, missed: 7 },
};
const counters = (version: number) =>
  COUNTERS.map((counter) => (version >= COUNTED_SINCE[counter] ? counter : `0 AS ${counter}`)).join(', ');

/** The version since which a bucket has its peaks: before, they are looked up in the lowest level. */
const PEAKS_SINCE = 9;
function peaks(version: number): string {
  if (version >= PEAKS_SINCE) return 'peak_messages, peak_bytes';
  const [one, other] = version >= 5 ? ['s2c', 'c2s'] : ['in', 'out'];
  const width = `(CASE bucket.level ${WIDTHS.map((_, level) => `WHEN ${level} THEN ${FACTOR ** level}`).join(' ')} END)`;
  const peak = (pair: string) => `
    (SELECT coalesce(max(part.${pair}_${one} + part.${pair}_${other}), 0) FROM main.bucket AS part
     WHERE part.session = bucket.session AND part.level = 0
       AND part.bucket >= bucket.bucket * ${width} AND part.bucket < (bucket.bucket + 1) * ${width}) AS peak_${pair}`;
  return `${peak('messages')}, ${peak('bytes')}`;
}

const STANDS: readonly Stand[] = [
  {
    name: 'record',
    since: 5,
    query: (version) => `
      SELECT session, seq, kind, wall, mono, size, chunk, offset, code, detail,
        CASE (SELECT role FROM main.session WHERE id = session) WHEN 'server' THEN 3 - direction ELSE direction END AS lane,
        ${version >= 2 ? 'unread' : 'NULL AS unread'}, ${version >= 4 ? 'count' : '1 AS count'}
      FROM main.record`,
  },
  {
    name: 'bucket',
    since: Math.max(PEAKS_SINCE, ...Object.values(COUNTED_SINCE)),
    query: (version) => {
      if (version < 2) return 'SELECT NULL AS session WHERE FALSE';
      const lanes = PAIRS.map((pair) => (version >= 5 ? `${pair}_s2c, ${pair}_c2s` : lanesOf(pair)));
      return `SELECT session, level, bucket, first_seq, ${counters(version)}, others, ${peaks(version)}, ${lanes.join(', ')}
        FROM main.bucket LEFT JOIN main.session ON main.session.id = session`;
    },
  },
  {
    name: 'mark',
    since: 2,
    query: () => 'SELECT NULL AS session, NULL AS seq, NULL AS label, NULL AS note WHERE FALSE',
  },
  { name: 'removal', since: 2, query: () => 'SELECT NULL AS session, NULL AS records, NULL AS at WHERE FALSE' },
  { name: 'property', since: 2, query: () => 'SELECT NULL AS name, NULL AS value WHERE FALSE' },
  { name: 'session_types', since: 8, query: () => 'SELECT NULL AS session, NULL AS types WHERE FALSE' },
];

/**
 * Lets this read-only connection see a capture of an older version as a current one: temporary views replace its
 * tables. The file isn't changed.
 */
export function presentAsCurrent(db: DatabaseSync): void {
  const version = versionOf(db);
  if (version >= SCHEMA_VERSION) return;
  db.exec('PRAGMA query_only = FALSE');
  for (const { name, since, query } of STANDS)
    if (version < since) db.exec(`CREATE TEMP VIEW ${name} AS ${query(version)}`);
  db.exec('PRAGMA query_only = TRUE');
}
