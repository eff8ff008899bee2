import type { Lane } from '../../../shared/domain.ts';
import type { SeqRange } from '../../../shared/export.ts';
import type { RecordHead } from '../../../shared/log.ts';
import type { FeedItem } from '../../../shared/replay/feed.ts';

type Looked = Pick<RecordHead, 'seq' | 'kind' | 'lane'>;

/**
 * Which records of a session are replayed, ascending: what the end sent, if it passes, and what its peer sent after
 * that.
 */
export class Chooser {
  readonly #out: Lane;
  readonly #passing: Iterator<SeqRange> | null;
  #range: SeqRange | undefined;
  /** The end's last message was chosen. */
  #follows: boolean;

  /** @param passing numbers of the records that may be sent; null: all */
  constructor(out: Lane, passing: Iterable<SeqRange> | null) {
    this.#out = out;
    this.#passing = passing?.[Symbol.iterator]() ?? null;
    this.#range = this.#passing?.next().value;
    this.#follows = passing === null;
  }

  choose({ seq, kind, lane }: Looked): FeedItem['kind'] | undefined {
    if ((kind !== 'message' && kind !== 'exit') || lane === null) return undefined;
    if (lane === this.#out) this.#follows = this.#passes(seq);
    if (!this.#follows) return undefined;
    if (lane === this.#out) return kind === 'message' ? 'send' : 'sendExit';
    return kind === 'message' ? 'reply' : 'exit';
  }

  #passes(seq: number): boolean {
    if (!this.#passing) return true;
    while (this.#range && this.#range[1] < seq) this.#range = this.#passing.next().value;
    return this.#range !== undefined && this.#range[0] <= seq;
  }
}
