import { compileRegex, type TermOf } from '../../../shared/filter/filter.ts';
import { textsOf } from '../../match/payload-text.ts';

/** Payloads within one range of bytes. */
export interface Payloads {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Three numbers each: the record's number, and where its payload begins and ends. */
  readonly places: Uint32Array<ArrayBuffer>;
}

export interface RegexTask {
  readonly needle: TermOf<'regex'>;
  readonly payloads: readonly Payloads[];
}

/** Matches the payloads of a task; `from` is the first record scanned. Rejects if that takes too long or is stopped. */
export type MatchRegex = (task: RegexTask, from: number) => Promise<Uint32Array>;

/** What the regular expression thread is asked. */
export interface RegexCalls {
  /** Resolves when the thread runs. */
  open(): void;
  /** Numbers of the records whose payload matches, ascending. May never return. */
  match(task: RegexTask): Uint32Array;
  close(): void;
}

/** Runs what may never end on a thread that holds nothing, so it can be terminated at any point. */
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
