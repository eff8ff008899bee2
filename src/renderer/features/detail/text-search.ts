import type { Codec } from '../../../shared/text/codec.ts';
import { codecOf, LOOK_BACK } from '../../../shared/text/codecs.ts';
import type { Encoding } from '../../../shared/text/encodings.ts';
import { foldedHits, type TextRange } from '../../../shared/text/fold.ts';
import type { Hit, SearchTarget } from './byte-search.ts';

/** The most bytes of a character, and the most characters that stand for one in another case. */
const [MOST_BYTES, MOST_CHARACTERS] = [4, 3];

/** `text` in the payload's encoding; if case doesn't matter, by full case folding as everywhere. */
export function textTarget(text: string, ignoreCase: boolean, encoding: Encoding): SearchTarget {
  const codec = codecOf(encoding);
  const reach = text.length * MOST_BYTES * (ignoreCase ? MOST_CHARACTERS : 1) - 1;
  const find: SearchTarget['find'] = (bytes, low, high, direction) => {
    const start = codec.characterStart(bytes, low);
    let found: Hit | null = null;
    for (const hit of hitsIn(bytes.subarray(start), codec, text, ignoreCase)) {
      const [from, to] = [start + hit.from, start + hit.to];
      if (from > high) break;
      found = { from, to };
      if (direction > 0) break;
    }
    return found;
  };
  return { reach, back: LOOK_BACK, find };
}

/** All matches in bytes that start at a character, in order. */
function* hitsIn(bytes: Uint8Array, codec: Codec, text: string, ignoreCase: boolean): Generator<Hit> {
  let at = 0;
  for (const run of codec.runs(bytes)) {
    if ('byte' in run) {
      at += 1;
      continue;
    }
    let [done, place] = [0, at];
    for (const { from, to } of ignoreCase ? foldedHits(run.text, text) : exactHits(run.text, text)) {
      place += bytesOf(codec, run.text.slice(done, from));
      const length = bytesOf(codec, run.text.slice(from, to));
      yield { from: place, to: place + length };
      place += length;
      done = to;
    }
    at = place + bytesOf(codec, run.text.slice(done));
  }
}

function* exactHits(where: string, what: string): Generator<TextRange> {
  if (what === '') return;
  for (let at = where.indexOf(what); at >= 0; at = where.indexOf(what, at + what.length))
    yield { from: at, to: at + what.length };
}

function bytesOf(codec: Codec, text: string): number {
  const encoded = codec.encode(text);
  return encoded.ok ? encoded.bytes.length : 0;
}
