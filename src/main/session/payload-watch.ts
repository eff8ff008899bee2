import type { WatchedRecord } from '../../shared/alarm/sensors/sensor.ts';
import type { Lane } from '../../shared/domain.ts';
import type { AbiId } from '../../shared/types/abi.ts';
import { NO_TYPES } from '../../shared/types/compiled/compiled.ts';
import { type OpenTypes, openTypes } from '../../shared/types/compiled/open.ts';
import type { PayloadVerdict } from '../../shared/types/verdict.ts';
import type { Recorder } from './recorder.ts';

/** The types that a session's messages are read with, as its thread was last told. */
export class LiveTypes {
  current: OpenTypes = openTypes(NO_TYPES);
}

/** ms between two records of a continuing run. */
const STEADY_MS = 60_000;

/** Consecutive messages of one lane that were built for the same other ABI. */
interface Run {
  readonly decoder: string;
  readonly built: AbiId;
  readonly detail: string;
  /** Those that no record reports yet. */
  pending: number;
  toldAt: number;
}

/**
 * Detects messages built for another ABI than they are bound to, in every kind of session that sees messages. The first
 * of a run gets a record; the following ones are counted, and reported when it ends, or once a minute.
 */
export class PayloadWatch {
  readonly #recorder: Recorder;
  readonly #types: LiveTypes;
  readonly #section: string;
  readonly #runs = new Map<Lane, Run>();

  constructor(recorder: Recorder, types: LiveTypes, section: string) {
    this.#recorder = recorder;
    this.#types = types;
    this.#section = section;
  }

  record({ kind, lane }: WatchedRecord, bytes: Uint8Array | undefined): void {
    const types = this.#types.current;
    if (types.bindings.length === 0 || kind !== 'message' || lane === null) return;
    const payload = bytes ?? NOTHING;
    const match = types.match(this.#section, lane, payload);
    if (!match) return;
    const verdict = match.verdict(payload);
    const run = this.#runs.get(lane);
    const { id } = match.decoder;
    if (verdict && run?.decoder === id && run.built === verdict.built) {
      run.pending++;
      if (performance.now() - run.toldAt >= STEADY_MS) this.#tell(lane, run);
      return;
    }
    // A message of another type in between says nothing about it.
    if (run && (verdict || run.decoder === id)) this.#end(lane, run);
    if (verdict) this.#begin(lane, id, verdict);
  }

  /** Reports what was counted. */
  finish(): void {
    for (const [lane, run] of this.#runs) this.#end(lane, run);
  }

  #begin(lane: Lane, decoder: string, { built, why }: PayloadVerdict): void {
    const detail = `A message was not built as ${decoder}. ${why}`;
    this.#runs.set(lane, { decoder, built, detail, pending: 0, toldAt: performance.now() });
    this.#recorder.add({ kind: 'anomaly', code: CODE, lane, detail });
  }

  #end(lane: Lane, run: Run): void {
    this.#runs.delete(lane);
    this.#tell(lane, run);
  }

  #tell(lane: Lane, run: Run): void {
    const { detail, pending: count } = run;
    run.pending = 0;
    run.toldAt = performance.now();
    if (count > 0) this.#recorder.add({ kind: 'anomaly', code: CODE, lane, detail, count });
  }
}

const CODE = 'payload-layout-mismatch';
const NOTHING = new Uint8Array();
