import {
  type BuiltInType,
  type Comparison,
  type FilterNode,
  resolveInstant,
  type TermOf,
} from '../../shared/filter/filter.ts';
import type { RecordHead } from '../../shared/log.ts';
import { laneSeenAs, type Viewpoint } from '../../shared/session-kind.ts';
import type { OpenTypes } from '../../shared/types/compiled/open.ts';
import { BoundedRegex } from './bounded-regex.ts';
import { FieldMatcher } from './field-matcher.ts';
import { byteTarget, isIn, textTarget } from './finder.ts';

/** What a filter depends on besides the record. */
export interface Circumstances {
  /** When the session began, in µs since 1970. */
  readonly openedAt: number;
  /** How it sees its lanes. */
  readonly role: Viewpoint;
}

/** Which declared types its payloads have. */
export interface Payloads {
  readonly section: string;
  /** As they are bound now. */
  readonly types: () => OpenTypes;
}

/** Where a record is among the others of its session. */
export interface RecordPlace {
  /** µs since the previous record; null for the first. */
  readonly delta: number | null;
  /** µs since the message that it replies to; null if it isn't a reply. */
  readonly latency: number | null;
}

type JudgedRecord = RecordHead & RecordPlace;

/** Throws ShmscopeError `filter-too-slow` if a regular expression runs for too long. */
export type Predicate = (record: JudgedRecord, payload: Buffer) => boolean;

/** The kinds of terms that read a payload, most expensive last; the same as in a search. */
const COSTS: Readonly<Partial<Record<FilterNode['type'], number>>> = { text: 1, hex: 2, field: 2, regex: 3 };

/**
 * A filter for single records as they are made: it matches the same records as a search through the capture, whose
 * terms are in `capture/search/terms.ts`. Only marks are unknown yet: none is set.
 */
export function predicateOf(filter: FilterNode, circumstances: Circumstances & Payloads): Predicate {
  switch (filter.type) {
    case 'all':
      return () => true;
    case 'and': {
      const terms = cheapestFirst(filter.terms).map((term) => predicateOf(term, circumstances));
      return (record, payload) => terms.every((passes) => passes(record, payload));
    }
    case 'or': {
      const terms = cheapestFirst(filter.terms).map((term) => predicateOf(term, circumstances));
      return (record, payload) => terms.some((passes) => passes(record, payload));
    }
    case 'not': {
      const passes = predicateOf(filter.term, circumstances);
      return (record, payload) => !passes(record, payload);
    }
    default: {
      const make = TERM_PREDICATES[filter.type as BuiltInType] as (
        term: FilterNode,
        about: Circumstances & Payloads,
      ) => Predicate;
      return make(filter, circumstances);
    }
  }
}

const TERM_PREDICATES: {
  readonly [T in BuiltInType]: (term: TermOf<T>, circumstances: Circumstances & Payloads) => Predicate;
} = {
  dir: ({ values }, { role }) => {
    if (values === '*') return ({ lane }) => lane !== null;
    const lanes = values.map((word) => (word === 'none' ? null : laneSeenAs(role, word)));
    // A direction that the session doesn't have is none of its lanes.
    const hasNone = values.includes('none');
    return ({ lane }) => (lane === null ? hasNone : lanes.includes(lane));
  },
  lane: ({ values }) => {
    if (values === '*') return ({ lane }) => lane !== null;
    return ({ lane }) => values.includes(lane ?? 'none');
  },
  kind:
    ({ values }) =>
    ({ kind }) =>
      values === '*' || values.includes(kind),
  code:
    ({ values }) =>
    ({ code }) =>
      code !== null && (values === '*' || values.includes(code)),
  size:
    ({ comparison }) =>
    ({ size }) =>
      isSo(size, comparison),
  delta:
    ({ comparison }) =>
    ({ delta }) =>
      delta !== null && isSo(delta, comparison),
  latency:
    ({ comparison }) =>
    ({ latency }) =>
      latency !== null && isSo(latency, comparison),
  seq:
    ({ comparison }) =>
    ({ seq }) =>
      isSo(seq, comparison),
  count:
    ({ comparison }) =>
    ({ count }) =>
      isSo(count, comparison),
  after: (term, circumstances) => {
    const { clock, at } = momentOf(term, circumstances);
    return (record) => record[clock] >= at;
  },
  before: (term, circumstances) => {
    const { clock, at } = momentOf(term, circumstances);
    return (record) => record[clock] < at;
  },
  mark: () => () => false,
  detail:
    ({ text }) =>
    ({ detail }) =>
      detail?.includes(text) ?? false,
  text: (term) => {
    const ways = textTarget(term);
    return (_record, payload) => payload.length > 0 && isIn(payload, ways);
  },
  hex: (term) => {
    const ways = byteTarget(term);
    return (_record, payload) => payload.length > 0 && isIn(payload, ways);
  },
  field: (term, { section, types }) => {
    let known: { readonly types: OpenTypes; readonly matcher: FieldMatcher } | undefined;
    return ({ kind, lane }, payload) => {
      if (kind !== 'message') return false;
      const now = types();
      if (known?.types !== now) known = { types: now, matcher: new FieldMatcher(term, now, section) };
      const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
      return known.matcher.passes(view, 0, payload.byteLength, lane);
    };
  },
  regex: (term) => {
    const regex = new BoundedRegex(term);
    return ({ seq }, payload) => payload.length > 0 && regex.matches(payload, seq);
  },
};

function momentOf(
  { instant }: TermOf<'after' | 'before'>,
  { openedAt }: Circumstances,
): { readonly clock: 'mono' | 'wall'; readonly at: number } {
  if ('since' in instant) return { clock: 'mono', at: instant.since };
  return { clock: 'wall', at: resolveInstant(instant, openedAt) };
}

function isSo(amount: number, comparison: Comparison): boolean {
  switch (comparison.op) {
    case '>':
      return amount > comparison.value;
    case '>=':
      return amount >= comparison.value;
    case '<':
      return amount < comparison.value;
    case '<=':
      return amount <= comparison.value;
    case '=':
      return amount === comparison.value;
    case '..':
      return amount >= (comparison.low ?? 0) && amount <= (comparison.high ?? Number.MAX_SAFE_INTEGER);
  }
}

const cheapestFirst = (terms: readonly FilterNode[]) => terms.toSorted((a, b) => costOf(a) - costOf(b));

function costOf(filter: FilterNode): number {
  switch (filter.type) {
    case 'not':
      return costOf(filter.term);
    case 'and':
    case 'or':
      return Math.max(...filter.terms.map(costOf));
    default:
      return COSTS[filter.type] ?? 0;
  }
}
