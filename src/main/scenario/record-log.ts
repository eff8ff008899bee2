import { once } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { type PackedBatch, unpackBatch } from '../../shared/batch-form.ts';
import type { RecordBatch, RecordDraft } from '../../shared/log.ts';
import type { ReportedLog, ReportedRecord } from '../../shared/scenario/files/logs.ts';
import type { ReportedSession } from '../../shared/scenario/report.ts';
import { shownBytes } from '../../shared/scenario/shown.ts';
import type { RecordSink } from '../session/registry.ts';

/** This many records of each session are kept from its beginning, and as many from its end. */
const KEPT = 500;
/** Bytes of a payload. */
const SHOWN = 256;

interface Kept {
  readonly record: RecordDraft;
  readonly bytes: Uint8Array;
}

interface Log {
  readonly first: Kept[];
  /** The last ones, as a ring. */
  readonly last: Kept[];
  count: number;
  /** Settles when no more will come. */
  readonly drained: Promise<unknown>;
}

/** Keeps what a report shows of all sessions' records, however many there are. */
export class RecordLog implements RecordSink {
  readonly #isKept: boolean;
  readonly #logs = new Map<number, Log>();

  /** `isKept`: whether any report shows them. */
  constructor(isKept: boolean) {
    this.#isKept = isKept;
  }

  connect({ id }: { readonly id: number }): MessagePort {
    const { port1, port2 } = new MessageChannel();
    const log: Log = { first: [], last: [], count: 0, drained: once(port1, 'close') };
    this.#logs.set(id, log);
    port1.on('message', (packed: PackedBatch) => {
      const batch = unpackBatch(packed);
      if (this.#isKept) keep(log, batch);
      else log.count += batch.records.length;
      port1.postMessage({ committed: log.count });
    });
    return port2;
  }

  committed(session: number): number {
    return this.#logs.get(session)?.count ?? 0;
  }

  /** What is kept of a session that has ended and is then forgotten. */
  async take(session: ReportedSession): Promise<ReportedLog> {
    const log = this.#logs.get(session.id ?? 0);
    await log?.drained;
    this.#logs.delete(session.id ?? 0);
    if (!log) return { session, records: [], left: 0 };
    const { first, last, count } = log;
    const start = last.length < KEPT ? 0 : count % KEPT;
    const records = [...first, ...last.slice(start), ...last.slice(0, start)].map(reported);
    return { session, records, left: count - records.length };
  }
}

function keep(log: Log, { records, payload }: RecordBatch): void {
  for (const record of records) {
    const { offset, size } = record;
    const kept = { record, bytes: payload.slice(offset, offset + Math.min(size, SHOWN)) };
    if (log.count < KEPT) log.first.push(kept);
    else log.last[log.count % KEPT] = kept;
    log.count += 1;
  }
}

function reported({ record, bytes }: Kept): ReportedRecord {
  const { seq, kind, lane, wall, code, detail, size } = record;
  return {
    seq,
    kind,
    lane,
    wall,
    code,
    detail,
    bytes: kind === 'message' || size > 0 ? shownBytes(bytes, size) : null,
  };
}
