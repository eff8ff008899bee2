import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { MAX_SWEEP_POINTS, type SweepPoint } from '../../../shared/sweeps.ts';
import type { OpenTypes } from '../../../shared/types/compiled/open.ts';
import { FieldValues } from '../../match/field-values.ts';
import type { SpanFinder } from '../aggregate/span.ts';
import type { ReadSweeps, SweepCut } from './calls.ts';
import type { MessageReader } from './message-reader.ts';

/** Reads the messages of sweeps, which may overlap. */
export class SweepReader {
  readonly #span: SpanFinder;
  readonly #messages: MessageReader;
  readonly #section: StatementSync;

  constructor(db: DatabaseSync, span: SpanFinder, messages: MessageReader) {
    this.#span = span;
    this.#messages = messages;
    this.#section = db.prepare('SELECT section FROM session WHERE id = ?');
  }

  /** The newest first, so they are there even if not all are. */
  read({ session, starts, length, field }: Omit<SweepCut, 'types'>, types: OpenTypes): ReadSweeps {
    const section = (this.#section.get(session) as { section: string } | undefined)?.section ?? '';
    const values = field && new FieldValues(types, section, [field]);
    const points: SweepPoint[] = [];
    for (let sweep = starts.length - 1; sweep >= 0; sweep--) {
      const start = starts[sweep] as number;
      const began = this.#span.mono(session, start);
      const end = this.#span.firstAt(session, began + length);
      for (const { lane, mono, bytes, size } of this.#messages.read(session, start, end)) {
        if (!lane) continue;
        if (points.length >= MAX_SWEEP_POINTS) return { points, isCut: true };
        const at = mono - began;
        if (!values) points.push({ sweep, lane, at, value: size });
        else
          values.read(lane, bytes, (_, { number }) => {
            if (number !== null) points.push({ sweep, lane, at, value: number });
          });
      }
    }
    return { points, isCut: false };
  }
}
