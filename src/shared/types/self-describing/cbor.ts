import { decodeSequence } from 'cbor2/decoder';
import { Simple } from 'cbor2/simple';
import { Tag } from 'cbor2/tag';
import { type Decoder, exact } from '../decoder.ts';
import { LIMITS } from '../limits.ts';
import { decodedFrom, type Special } from './values.ts';

/** CBOR: one value, or several one after the other. */
export const CBOR: Decoder = {
  id: 'cbor',
  version: '1',
  fields: [],
  // Tags are shown as they are: what a stranger's tag asks for isn't constructed.
  decode: (bytes) =>
    decodedFrom(
      bytes.length === 0 ? [] : decodeSequence(bytes, { ignoreGlobalTags: true, maxDepth: LIMITS.depth }),
      bytes.length,
      specialOf,
    ),
};

function specialOf(value: object): Special | undefined {
  if (value instanceof Simple) return { type: 'simple', value: value.value };
  if (!(value instanceof Tag)) return undefined;
  const { tag, contents } = value;
  if ((tag === 2 || tag === 3) && contents instanceof Uint8Array)
    return { type: 'int', value: bigOf(tag === 3, contents) };
  if (tag === 1 && typeof contents === 'number') return { type: 'time', value: contents, ...timeText(contents) };
  return { type: tag === 0 ? 'time' : `tag ${tag}`, value: contents };
}

function bigOf(negative: boolean, bytes: Uint8Array): number | bigint {
  let value = 0n;
  for (const byte of bytes.subarray(0, MAX_BIG)) value = (value << 8n) | BigInt(byte);
  return exact(negative ? -1n - value : value);
}

/** Bytes of a number; longer ones are never real. */
const MAX_BIG = 64;

function timeText(seconds: number): { text?: string } {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? {} : { text: date.toISOString() };
}
