import type { WatchedRecord } from '../../../shared/alarm/sensors/sensor.ts';
import type { Anomaly, Lane } from '../../../shared/domain.ts';
import type { SeenAnomaly } from '../../../shared/scenario/anomalies.ts';
import { type Taken, TakenDigest } from '../../../shared/scenario/taken.ts';

/** What steps are told: a record of their session saying that something arrived, or didn't. */
export interface StepEvent {
  readonly kind: 'message' | 'exit' | 'error' | 'timeout';
  readonly lane: Lane | null;
  readonly seq: number;
  readonly bytes: Uint8Array;
  readonly detail: string;
}

type AnomalyEvent = Pick<SeenAnomaly, 'code' | 'lane' | 'seq'>;

/** What is kept until a step takes it. */
const MAX_EVENTS = 10_000;
const MAX_BYTES = 64 * 1024 * 1024;
const NONE = new Uint8Array();

/** What a session has recorded, until a step takes it, in order. */
export class StepEvents {
  readonly #incoming: Lane | null;
  readonly #onEvent: () => void;
  #events: StepEvent[] = [];
  #next = 0;
  #bytes = 0;
  #anomalies: AnomalyEvent[] = [];
  readonly #seen = new Map<string, SeenAnomaly>();
  #isFull = false;
  readonly #taken = new TakenDigest();

  /** `incoming`: the lane in which messages arrive at an end; null for a session that looks at both. */
  constructor(incoming: Lane | null, onEvent: () => void) {
    this.#incoming = incoming;
    this.#onEvent = onEvent;
  }

  /** Called with every record as it is made. */
  record({ kind, lane, seq, code, detail, count }: WatchedRecord, bytes: Uint8Array = NONE): void {
    if (kind === 'anomaly') this.#anomaly({ code: code as Anomaly, lane, seq, count, detail: detail ?? '' });
    else if (kind !== 'message' && kind !== 'exit' && kind !== 'error' && kind !== 'timeout') return;
    else if (this.#incoming === null || lane === this.#incoming || lane === null)
      this.#add({ kind, lane, seq, bytes: bytes.slice(), detail: detail ?? '' });
    this.#onEvent();
  }

  /** Takes the next one, in a given lane; undefined if there is none. */
  take(lane: Lane | null = null): StepEvent | undefined {
    if (lane !== null) {
      const at = this.#events.findIndex((one, index) => index >= this.#next && (one.lane ?? lane) === lane);
      const [event] = at < 0 ? [] : this.#events.splice(at, 1);
      this.#bytes -= event?.bytes.length ?? 0;
      return event;
    }
    const event = this.#events[this.#next];
    if (!event) return undefined;
    this.#next += 1;
    this.#bytes -= event.bytes.length;
    if (event.kind === 'message') this.#taken.add(event.bytes);
    if (this.#next === this.#events.length) {
      this.#events = [];
      this.#next = 0;
    }
    return event;
  }

  /** The messages that steps have taken. */
  get taken(): Taken {
    return this.#taken.taken;
  }

  /** More arrived than is kept, and what was kept is taken. */
  get isLost(): boolean {
    return this.#isFull && this.#events.length === 0;
  }

  /** Takes an anomaly with this code, and drops everything before it; undefined if there is none. */
  takeAnomaly(code: Anomaly, lane: Lane | null): AnomalyEvent | undefined {
    const at = this.#anomalies.findIndex((one) => one.code === code && (lane === null || one.lane === lane));
    if (at < 0) return undefined;
    const found = this.#anomalies[at];
    this.#anomalies = this.#anomalies.slice(at + 1);
    return found;
  }

  /** The last anomaly so far; undefined before the first. */
  get lastAnomaly(): AnomalyEvent | undefined {
    return this.#anomalies.at(-1);
  }

  get anomalies(): readonly AnomalyEvent[] {
    return this.#anomalies;
  }

  /** All anomalies so far, including those that steps have taken; one of each kind in each lane. */
  get seen(): readonly SeenAnomaly[] {
    return [...this.#seen.values()];
  }

  #add(event: StepEvent): void {
    this.#isFull ||= this.#events.length - this.#next >= MAX_EVENTS || this.#bytes > MAX_BYTES;
    if (this.#isFull) return;
    this.#events.push(event);
    this.#bytes += event.bytes.length;
  }

  /** The first ones tell most. */
  #anomaly(event: SeenAnomaly): void {
    const kind = `${event.code} ${event.lane}`;
    const first = this.#seen.get(kind);
    this.#seen.set(kind, first ? { ...first, count: first.count + event.count } : event);
    if (this.#anomalies.length < MAX_EVENTS) this.#anomalies.push(event);
  }
}
