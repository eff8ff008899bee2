import type { Decoder } from '../types/decoder.ts';
import { type Difference, differenceBetween } from './difference.ts';
import type { ReplyDifference } from './replay.ts';

/** A message from the peer, or its exit. `bytes`: null if replies are only counted. */
export interface Reply {
  readonly seq: number;
  readonly bytes: Uint8Array | null;
  readonly isExit: boolean;
}

/** The most replies, and bytes of them, that are kept until the recording catches up. */
const MAX_EARLY = 10_000;
const MAX_EARLY_BYTES = 64 * 1024 * 1024;

interface Comparing {
  readonly decoderOf: (bytes: Uint8Array) => Decoder | undefined;
  readonly ignored: readonly string[];
}

/**
 * Pairs what the peer sends with what it sent in the recording, in order, and compares the two if wanted. Either may
 * come first.
 */
export class Replies {
  came = 0;
  differences = 0;
  first: ReplyDifference | null = null;
  readonly #comparing: Comparing | null;
  readonly #expected: Reply[] = [];
  readonly #early: Reply[] = [];
  #earlyBytes = 0;
  #paired = 0;

  constructor(comparing: Comparing | null) {
    this.#comparing = comparing;
  }

  /** Recorded replies that haven't arrived. */
  get missing(): number {
    return this.#expected.length;
  }

  /** The recorded reply that should arrive next. */
  get next(): Reply | undefined {
    return this.#expected[0];
  }

  /** What was recorded next; its bytes are kept. Returns what had arrived for it, if that came first. */
  expect(reply: Reply): Reply | undefined {
    const early = this.#early.shift();
    if (!early) {
      this.#expected.push(reply);
      return undefined;
    }
    this.#earlyBytes -= early.bytes?.length ?? 0;
    this.#pair(reply, early);
    return early;
  }

  /** What arrived next; the caller may reuse its bytes afterwards. Returns what was recorded for it, if known. */
  take(reply: Reply): Reply | undefined {
    if (!reply.isExit) this.came++;
    const expected = this.#expected.shift();
    if (expected) this.#pair(expected, reply);
    else this.#keep(reply);
    return expected;
  }

  /** Messages that arrived and weren't recorded are differences, now that nothing follows. */
  end(): void {
    for (const reply of this.#early.splice(0)) if (!reply.isExit) this.#surplus(reply);
  }

  /** What was recorded and hasn't arrived is a difference, now that nothing more comes. */
  giveUp(): void {
    const [reply] = this.#expected;
    if (reply) this.#missed(reply);
  }

  #keep(reply: Reply): void {
    const bytes = this.#comparing && reply.bytes ? reply.bytes.slice() : null;
    this.#early.push({ ...reply, bytes });
    this.#earlyBytes += bytes?.length ?? 0;
    if (this.#early.length <= MAX_EARLY && this.#earlyBytes <= MAX_EARLY_BYTES) return;
    // A peer that sends this much more than was recorded is no longer compared.
    const dropped = this.#early.shift() as Reply;
    this.#earlyBytes -= dropped.bytes?.length ?? 0;
    this.#surplus(dropped);
  }

  #pair(expected: Reply, actual: Reply): void {
    this.#paired++;
    if (!this.#comparing) return;
    if (expected.isExit !== actual.isExit) {
      this.#differs(expected.seq, actual.seq, {
        place: null,
        expected: word(expected),
        actual: word(actual),
        type: null,
      });
    } else if (expected.bytes && actual.bytes) {
      const decoder = this.#comparing.decoderOf(expected.bytes);
      const found = differenceBetween(expected.bytes, actual.bytes, { decoder, ignored: this.#comparing.ignored });
      if (found) this.#differs(expected.seq, actual.seq, found);
    }
  }

  #surplus(reply: Reply): void {
    this.#paired++;
    if (this.#comparing)
      this.#differs(null, reply.seq, { place: null, expected: 'nothing', actual: word(reply), type: null });
  }

  #missed(reply: Reply): void {
    this.#paired++;
    if (this.#comparing)
      this.#differs(reply.seq, null, { place: null, expected: word(reply), actual: 'nothing', type: null });
  }

  #differs(
    recorded: number | null,
    came: number | null,
    difference: Omit<Difference, 'place'> & { place: string | null },
  ): void {
    this.differences++;
    if (this.first) return;
    const reply = this.#paired;
    this.first = { reply, recorded, came, ...difference, sentence: sentenceOf(recorded, came, difference) };
  }
}

const word = ({ isExit, bytes }: Reply): string =>
  isExit ? 'exit' : bytes ? `a message of ${bytes.length.toLocaleString('en-US')} bytes` : 'a message';

function sentenceOf(
  recorded: number | null,
  came: number | null,
  { place, expected, actual, type }: Omit<Difference, 'place'> & { place: string | null },
): string {
  const n = (seq: number) => `#${seq.toLocaleString('en-US')}`;
  if (recorded === null) return `The peer sent ${actual} (${n(came as number)}) that was not recorded.`;
  if (came === null) return `The peer did not send ${expected}, which was recorded as ${n(recorded)}.`;
  const what = type === null ? '' : ` of ${type}`;
  const where = place === null ? '' : `${place}${what}: `;
  return `The reply ${n(came)} differs from the recorded ${n(recorded)}: ${where}expected ${expected}, got ${actual}.`;
}
