import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RowFilter } from '../../shared/log.ts';
import { DIRECTION_CODES, KIND_CODES } from './codes.ts';
import { NumberList } from './number-list.ts';

/** Record numbers looked at in one go, a few tens of ms: between two goes other questions get their turn. */
const SCAN_RECORDS = 100_000;

/** The numbers of a session's records that pass a filter, extended as records are committed. */
export class FilterResult {
  readonly seqs = new NumberList();
  readonly #session: number;
  readonly #scan: StatementSync;
  #scanned = 0;

  constructor(db: DatabaseSync, session: number, filter: RowFilter) {
    this.#session = session;
    this.#scan = db.prepare(`SELECT seq FROM record WHERE session = ? AND seq >= ? AND seq < ?${conditions(filter)}`);
    this.#scan.setReturnArrays(true);
  }

  /** Records looked at so far, from the first one on. */
  get scanned(): number {
    return this.#scanned;
  }

  /** Looks at all of the first `records` records. */
  async extendTo(records: number): Promise<void> {
    while (this.#scanned < records) {
      this.#extend(Math.min(records, this.#scanned + SCAN_RECORDS));
      if (this.#scanned < records) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #extend(end: number): void {
    const rows = this.#scan.all(this.#session, this.#scanned, end) as unknown as [number][];
    for (const [seq] of rows) this.seqs.push(seq);
    this.#scanned = end;
  }
}

export const isEmptyFilter = ({ directions, kinds }: RowFilter): boolean =>
  directions.length === 0 && kinds.length === 0;

/** The same for filters that mean the same. */
export const filterKey = (session: number, { directions, kinds }: RowFilter): string =>
  JSON.stringify([session, [...new Set(directions)].sort(), [...new Set(kinds)].sort()]);

/** Only numbers of ours get into the SQL. */
function conditions({ directions, kinds }: RowFilter): string {
  const among = (column: string, codes: number[]) => (codes.length ? ` AND ${column} IN (${codes.join(', ')})` : '');
  return (
    among(
      'direction',
      directions.map((d) => DIRECTION_CODES[d]),
    ) +
    among(
      'kind',
      kinds.map((k) => KIND_CODES[k]),
    )
  );
}
