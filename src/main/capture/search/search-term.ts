import type { DatabaseSync } from 'node:sqlite';
import type { Catalogue, Term, TermProvider } from '../../../shared/filter/filter.ts';
import type { OpenTypes } from '../../../shared/types/compiled/open.ts';
import type { Circumstances } from '../../match/record-predicate.ts';
import type { Condition } from './condition.ts';
import type { Mask } from './mask.ts';
import type { Piece } from './pieces.ts';
import type { MatchRegex } from './regex-matcher.ts';

/** Where payloads are searched. */
export interface SearchPlace {
  readonly db: DatabaseSync;
  readonly session: number;
  readonly match: MatchRegex;
  /** Of the session's messages. */
  readonly types: OpenTypes;
}

export interface PayloadSearch {
  /** Marks in `found` the records out of `among` whose payload matches. */
  scan(piece: Piece, among: Mask | undefined, found: Mask): void | Promise<void>;
}

interface Sql<T> {
  readonly by: 'sql';
  condition(term: T, circumstances: Circumstances): Condition;
}

interface Scan<T> {
  readonly by: 'scan';
  /** Of two scans, the cheaper runs first. */
  readonly cost: number;
  open(term: T, place: SearchPlace): PayloadSearch;
}

/** How a term is executed: over the columns of `record`, or over the bytes of payloads. */
export type Evaluation<T = Term> = (Sql<T> | Scan<T>) & {
  /** For a term whose result can change for records already scanned: what it depends on, in JSON. */
  volatile?(db: DatabaseSync, session: number): unknown;
};

export interface SearchTerm<T extends { readonly type: string } = Term> extends TermProvider<T> {
  readonly evaluation: Evaluation<T>;
}

export type SearchCatalogue = Catalogue<SearchTerm>;
