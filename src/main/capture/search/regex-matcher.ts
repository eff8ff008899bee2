import { compileRegex, type TermOf } from '../../../shared/filter/filter.ts';
import { textsOf } from '../../match/payload-text.ts';

/** Payloads that lie in one stretch of bytes. */
export interface Payloads {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Three numbers for each: the record's number, and where its payload begins and ends. */
  readonly places: Uint32Array<ArrayBuffer>;
}

export interface RegexTask {
  readonly needle: TermOf<'regex'>;
  readonly payloads: readonly Payloads[];
}

/**
 * Has the payloads of a task matched; `from` is the first record that is looked at. Rejects when that takes too long or
 * is stopped.
 */
export type MatchRegex = (task: RegexTask, from: number) => Promise<Uint32Array>;

/** What is asked of the thread of regular expressions. */
export interface RegexCalls {
  /** Resolves when the thread runs. */
  open(): void;
  /** Numbers of the records whose payload matches, ascending. May never end. */
  match(task: RegexTask): Uint32Array;
  close(): void;
}

/** Runs what may never end, in a thread that holds nothing: it can be ended at any point. */
export class RegexMatcher implements RegexCalls {
  open(): void {}

  match({ needle, payloads }: RegexTask): Uint32Array {
    const regex = compileRegex(needle);
    const { encoding = 'utf-8' } = needle;
    const found: number[] = [];
    for (const { bytes, places } of payloads) {
      const textAt = textsOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding);
      for (let at = 0; at < places.length; at += 3)
        if (regex.test(textAt(places[at + 1] as number, places[at + 2] as number))) found.push(places[at] as number);
    }
    return Uint32Array.from(found);
  }

  close(): void {}
}
