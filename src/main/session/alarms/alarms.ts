import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { SlotLook, WatchedRecord } from '../../../shared/alarm/sensors/sensor.ts';
import { toFailure } from '../../../shared/failure.ts';
import type { Viewpoint } from '../../../shared/session-kind.ts';
import { openTypes } from '../../../shared/types/compiled/open.ts';
import { Replies } from '../../match/replies.ts';
import { LiveTypes, PayloadWatch } from '../payload-watch.ts';
import type { Recorder, RecordObserver } from '../recorder.ts';
import type { AlarmMessage, AlarmPort, SetAlarms, SetTypes } from './protocol.ts';
import { SetAlarm } from './set-alarm.ts';

/** µs between two states that only say that an alarm is armed again. */
const TELL_MICROS = 100_000;

/** What a session is, according to its options. */
interface About {
  readonly role: Viewpoint;
  readonly section: string;
}

/**
 * The alarms of a session of any kind, on its own thread: they see every record as it is made, and are serviced
 * whenever the recorder is, so that a loop that asks the recorder when it is due need not know them.
 */
export class Alarms implements RecordObserver {
  readonly #recorder: Recorder;
  readonly #port: MessagePort;
  readonly #signal: Int32Array;
  readonly #about: About;
  readonly #types = new LiveTypes();
  readonly #payloads: PayloadWatch;
  #alarms: readonly SetAlarm[] = [];
  #lastMono: number | null = null;
  readonly #replies = new Replies();
  #toldAt = Number.NEGATIVE_INFINITY;
  #hasChanged = false;
  #isRecording = false;

  constructor(recorder: Recorder, { port, signal }: AlarmPort, about: About) {
    this.#recorder = recorder;
    this.#port = port;
    this.#signal = new Int32Array(signal);
    this.#about = about;
    this.#payloads = new PayloadWatch(recorder, this.#types, about.section);
    // Alarms requested from the start see the first record.
    this.#takeSettings();
  }

  record(record: WatchedRecord, bytes: Uint8Array | undefined): void {
    this.#alarmed(record, bytes);
    this.#payloads.record(record, bytes);
  }

  #alarmed(record: WatchedRecord, bytes: Uint8Array | undefined): void {
    const delta = this.#lastMono === null ? null : record.mono - this.#lastMono;
    const latency = this.#replies.next(record);
    this.#lastMono = record.mono;
    // An alarm about alarms would be one about itself.
    if (record.kind === 'alarm' || this.#alarms.length === 0) return;
    const place = { delta, latency };
    const payload = () => Buffer.from(bytes?.buffer ?? EMPTY, bytes?.byteOffset ?? 0, bytes?.byteLength ?? 0);
    for (const alarm of this.#alarms) {
      const why = alarm.record(record, place, payload);
      if (why !== null) this.#recorder.add({ kind: 'notice', detail: `The alarm ${alarm.said} was stopped. ${why}` });
    }
    this.#afterLook(record.mono);
  }

  slots(slots: SlotLook): void {
    if (this.#alarms.length === 0) return;
    const now = this.#recorder.now().mono;
    for (const alarm of this.#alarms) alarm.slots(slots, now);
    this.#afterLook(now);
  }

  /** ms; applies new settings first. */
  dueIn(): number {
    this.#takeSettings();
    if (this.#alarms.length === 0) return Number.POSITIVE_INFINITY;
    const now = this.#recorder.now().mono;
    let due = this.#hasChanged ? this.#toldAt + TELL_MICROS : Number.POSITIVE_INFINITY;
    for (const alarm of this.#alarms) due = Math.min(due, alarm.dueAt(now));
    return Math.max(0, (due - now) / 1000);
  }

  look(): void {
    this.#takeSettings();
    if (this.#alarms.length === 0) return;
    const now = this.#recorder.now().mono;
    for (const alarm of this.#alarms) alarm.look(now);
    this.#afterLook(now);
  }

  /** Records what would have had to wait; from then on nothing is watched. */
  finish(): void {
    this.#payloads.finish();
    this.#recordFirings(this.#recorder.now().mono, true);
    this.#tell();
  }

  #takeSettings(): void {
    if (Atomics.load(this.#signal, 0) === 0) return;
    Atomics.store(this.#signal, 0, 0);
    for (let got = receiveMessageOnPort(this.#port); got; got = receiveMessageOnPort(this.#port)) {
      const message = got.message as SetAlarms | SetTypes;
      if ('types' in message) this.#types.current = openTypes(message.types);
      else this.#reply(message.id, message.texts);
    }
  }

  #reply(id: number, texts: readonly string[]): void {
    try {
      this.#set(texts);
      this.#post({ type: 'set', id, result: { ok: true, value: undefined } });
    } catch (error) {
      this.#post({ type: 'set', id, result: { ok: false, failure: toFailure(error) } });
    }
  }

  /** Alarms that were there before keep their state. */
  #set(texts: readonly string[]): void {
    const { mono, wall } = this.#recorder.now();
    const before = new Map(this.#alarms.map((alarm) => [alarm.text, alarm]));
    const circumstances = { openedAt: wall - mono, ...this.#about, types: () => this.#types.current };
    this.#alarms = [...new Set(texts)].map((text) => before.get(text) ?? new SetAlarm(text, mono, circumstances));
    this.#tell();
  }

  #afterLook(now: number): void {
    if (this.#recordFirings(now, false)) this.#tell();
    else if (!this.#isRecording) {
      for (const alarm of this.#alarms) if (alarm.hasChanged()) this.#hasChanged = true;
      if (this.#hasChanged && now >= this.#toldAt + TELL_MICROS) this.#tell();
    }
  }

  /** Returns whether there were any. */
  #recordFirings(now: number, all: boolean): boolean {
    if (this.#isRecording) return false;
    this.#isRecording = true;
    let any = false;
    for (const alarm of this.#alarms) {
      const record = alarm.take(now, all);
      if (!record) continue;
      any = true;
      const { firing, detail, count } = record;
      const at = this.#recorder.now();
      const lane = firing.lane === null ? {} : { lane: firing.lane };
      const seq = this.#recorder.add({ kind: 'alarm', detail, count, ...lane }, at);
      alarm.recorded(seq, at.wall, firing);
    }
    this.#isRecording = false;
    if (any) this.#recorder.hurry();
    return any;
  }

  #tell(): void {
    this.#toldAt = this.#recorder.now().mono;
    this.#hasChanged = false;
    this.#post({ type: 'states', states: this.#alarms.map(({ state }) => state) });
  }

  #post(message: AlarmMessage): void {
    this.#port.postMessage(message);
  }
}

const EMPTY = new ArrayBuffer(0);
