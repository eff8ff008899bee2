import type { Lane } from '../../../shared/domain.ts';
import { senderOf } from '../../../shared/session-kind.ts';
import type { Geometry } from '../../channel/layout.ts';
import type { Found, TapAnomaly, TapListener } from '../../channel/tap/listener.ts';
import type { Instant } from '../clock.ts';
import type { Recorder } from '../recorder.ts';

/** Writes what a tap sees into its session's log. */
export class TapLog implements TapListener {
  readonly #recorder: Recorder;
  readonly #onMessage: (lane: Lane, length: number) => void;
  readonly #onLocated: (geometry: Geometry) => void;
  /** The last message of each lane, while it is unread. */
  readonly #unread: Record<Lane, { seq: number; at: Instant } | null> = { s2c: null, c2s: null };

  constructor(
    recorder: Recorder,
    on: { message: (lane: Lane, length: number) => void; located: (geometry: Geometry) => void },
  ) {
    this.#recorder = recorder;
    this.#onMessage = on.message;
    this.#onLocated = on.located;
  }

  located(geometry: Geometry): void {
    this.#onLocated(geometry);
  }

  message(lane: Lane, bytes: Uint8Array, { isUnread, wasThere }: Found, seenAt: number): void {
    const at = this.#recorder.at(seenAt);
    if (wasThere) this.#recorder.add({ kind: 'notice', lane, detail: thereBefore(lane, isUnread) }, at);
    const seq = this.#recorder.add({ kind: 'message', lane, bytes, wasThere }, at);
    this.#unread[lane] = isUnread ? { seq, at } : null;
    this.#onMessage(lane, bytes.byteLength);
  }

  read(lane: Lane, seenAt: number): void {
    const unread = this.#unread[lane];
    this.#unread[lane] = null;
    if (!unread) return;
    const { seq, at } = unread;
    this.#recorder.read({ seq, lane, mono: at.mono, unreadMicros: this.#recorder.at(seenAt).mono - at.mono });
  }

  exit(lane: Lane, seenAt: number): void {
    const detail = `The ${senderOf(lane)} sent exit.`;
    this.#recorder.add({ kind: 'exit', lane, detail }, this.#recorder.at(seenAt));
  }

  anomaly({ anomaly, lane, detail }: TapAnomaly): void {
    this.#recorder.anomaly({ code: anomaly, lane, detail });
  }
}

const thereBefore = (lane: Lane, isUnread: boolean) =>
  `The next message of the ${senderOf(lane)} was in its slot, ${isUnread ? 'unread' : 'already read'}, before the tap opened. When it was sent is unknown.`;
