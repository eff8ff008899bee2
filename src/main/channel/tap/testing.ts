import type { Lane } from '../../../shared/domain.ts';
import type { Roll } from '../../../shared/seeded-random.testing.ts';
import type { ReadableSection } from '../../kernel/kernel.ts';
import type { FakeMemory } from '../testing.ts';
import type { Found, TapAnomaly, TapListener } from './listener.ts';

/** Helpers shared by the tests of this folder. */

export interface Heard {
  readonly lane: Lane;
  readonly bytes: Uint8Array;
  readonly found: Found;
  readonly at: number;
}

/** Keeps everything that a tap reports. */
export class Ear implements TapListener {
  readonly messages: Heard[] = [];
  readonly reads: { lane: Lane; at: number }[] = [];
  readonly anomalies: TapAnomaly[] = [];
  /** One word each, in order: what it was, and the text of a message. */
  readonly story: string[] = [];

  located({ layout, capacity }: { layout: string; capacity: number }): void {
    this.story.push(`located ${layout} ${capacity}`);
  }

  message(lane: Lane, bytes: Uint8Array, found: Found, at: number): void {
    this.messages.push({ lane, bytes: Uint8Array.from(bytes), found, at });
    this.story.push(`${lane} ${Buffer.from(bytes).toString('latin1')}${found.isUnread ? '' : ' (read)'}`);
  }

  read(lane: Lane, at: number): void {
    this.reads.push({ lane, at });
    this.story.push(`${lane} read`);
  }

  exit(lane: Lane): void {
    this.story.push(`${lane} exit`);
  }

  anomaly(anomaly: TapAnomaly): void {
    this.anomalies.push(anomaly);
    this.story.push(`${anomaly.lane} ${anomaly.anomaly}`);
  }

  get missed(): number {
    return this.anomalies.filter(({ anomaly }) => anomaly === 'missed').length;
  }
}

/** Bytes that a copy takes at once: others get a turn in between. */
const WORD = 8;

/**
 * A section that others change in the middle of a copy: each of its words may be followed by `step`, and each copy by
 * `pause`. Throws RangeError outside its extent.
 */
export const interleaved = (
  { bytes }: Pick<FakeMemory, 'bytes'>,
  roll: Roll,
  step: () => void,
  pause: () => void = () => {},
): ReadableSection => ({
  extent: bytes.length,
  uncommitted: 0,
  lease: { address: 0, extent: 0, handle: 0 },
  read: (offset, target) => {
    if (offset < 0 || offset + target.byteLength > bytes.length) throw new RangeError(`${offset} is outside.`);
    for (let at = 0; at < target.byteLength; at += WORD) {
      const end = Math.min(at + WORD, target.byteLength);
      target.set(bytes.subarray(offset + at, offset + end), at);
      if (roll(4) === 0) step();
    }
    pause();
  },
  loadU32: (offset) => new DataView(bytes.buffer).getUint32(offset, true),
  check: () => {},
  close: () => {},
});
