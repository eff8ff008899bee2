import type { Lane } from '../../../shared/domain.ts';
import {
  type BuiltInType,
  Catalogue,
  resolveInstant,
  TERMS,
  type TermOf,
  type TermProvider,
} from '../../../shared/filter/filter.ts';
import { laneSeenAs } from '../../../shared/session-kind.ts';
import { byteTarget, textTarget } from '../../match/finder.ts';
import type { Circumstances } from '../../match/record-predicate.ts';
import { KIND_CODES, LANE_CODES } from '../store/codes.ts';
import { LATENCY } from '../store/reply.ts';
import { among, type Condition, compared, containing, known } from './condition.ts';
import { FieldScan } from './field-scan.ts';
import { PayloadScan } from './payload-scan.ts';
import { RegexScan } from './regex-scan.ts';
import type { Evaluation, SearchCatalogue, SearchTerm } from './search-term.ts';

/** µs since the previous record; NULL for the first. */
const DELTA = '(mono - (SELECT p.mono FROM record p WHERE p.session = record.session AND p.seq = record.seq - 1))';

const sql = <T>(condition: (term: T, circumstances: Circumstances) => Condition): Evaluation<T> => ({
  by: 'sql',
  condition,
});

const timed = (op: '>=' | '<') =>
  sql<TermOf<'after' | 'before'>>(({ instant }, { openedAt }) =>
    'since' in instant
      ? { sql: `mono ${op} ?`, parameters: [instant.since] }
      : { sql: `wall ${op} ?`, parameters: [resolveInstant(instant, openedAt)] },
  );

const laneCode = (lane: Lane | 'none') => (lane === 'none' ? 0 : LANE_CODES[lane]);

const inLanes = (lanes: readonly (Lane | 'none')[]) => among('coalesce(lane, 0)', lanes.map(laneCode));

function marked(text: string): Condition {
  const label = text === '*' ? known('label') : containing('label', text);
  const where = `mark.session = record.session AND mark.seq = record.seq AND ${label.sql}`;
  return { sql: `EXISTS (SELECT 1 FROM mark WHERE ${where})`, parameters: label.parameters };
}

const EVALUATIONS: { readonly [T in BuiltInType]: Evaluation<TermOf<T>> } = {
  dir: sql(({ values }, { role }) =>
    values === '*'
      ? known('lane')
      : inLanes(values.flatMap((word) => (word === 'none' ? word : (laneSeenAs(role, word) ?? [])))),
  ),
  lane: sql(({ values }) => (values === '*' ? known('lane') : inLanes(values))),
  kind: sql(({ values }) =>
    values === '*'
      ? known('kind')
      : among(
          'kind',
          values.map((kind) => KIND_CODES[kind]),
        ),
  ),
  code: sql(({ values }) => (values === '*' ? known('code') : among('code', values))),
  size: sql(({ comparison }) => compared('size', comparison)),
  delta: sql(({ comparison }) => compared(DELTA, comparison)),
  latency: sql(({ comparison }) => compared(LATENCY, comparison)),
  seq: sql(({ comparison }) => compared('seq', comparison)),
  count: sql(({ comparison }) => compared('count', comparison)),
  after: timed('>='),
  before: timed('<'),
  mark: {
    ...sql(({ text }) => marked(text)),
    volatile: (db, session) =>
      db.prepare('SELECT seq, hex(label) AS label FROM mark WHERE session = ? AND label IS NOT NULL').all(session),
  },
  detail: sql(({ text }) => containing('detail', text)),
  text: { by: 'scan', cost: 1, open: (term, place) => new PayloadScan(place, textTarget(term)) },
  hex: { by: 'scan', cost: 2, open: (term, place) => new PayloadScan(place, byteTarget(term)) },
  field: { by: 'scan', cost: 2, open: (term, place) => new FieldScan(place, term) },
  regex: { by: 'scan', cost: 3, open: (term, place) => new RegexScan(place, term) },
};

/** The language's own terms, and how they are executed. */
export const SEARCHED: SearchCatalogue = new Catalogue(
  Object.fromEntries(
    Object.entries<TermProvider>(TERMS).map(([type, term]): [string, SearchTerm] => [
      type,
      { ...term, evaluation: EVALUATIONS[type as BuiltInType] as Evaluation },
    ]),
  ),
);
