import type { WatchedRecord } from '../../shared/alarm/sensors/sensor.ts';
import { NO_TYPES } from '../../shared/types/compiled/compiled.ts';
import { type OpenTypes, openTypes } from '../../shared/types/compiled/open.ts';
import type { Recorder } from './recorder.ts';

/** By which types the messages of a session are read, as its thread was told last. */
export class LiveTypes {
  current: OpenTypes = openTypes(NO_TYPES);
}

/** Tells messages that were built for another ABI than they are bound to: in each kind of session that sees messages. */
export class PayloadWatch {
  readonly #recorder: Recorder;
  readonly #types: LiveTypes;
  readonly #section: string;

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
    const verdict = match?.verdict(payload);
    if (!match || !verdict) return;
    const detail = `A message was not built as ${match.decoder.id}. ${verdict.why}`;
    this.#recorder.anomaly({ code: 'payload-layout-mismatch', lane, detail });
  }
}

const NOTHING = new Uint8Array();
