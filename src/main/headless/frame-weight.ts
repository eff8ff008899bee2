import { MAX_FRAME } from '../../shared/frame-size.ts';

/** The most values of a frame. The largest call, an export of 4,096 ranges, has about 12,300. */
const MAX_VALUES = 50_000;

/** By a value's first byte: how many of the following bytes hold its size. */
const SIZE_BYTES: Readonly<Record<number, number>> = {
  ...{ 196: 1, 197: 2, 198: 4, 199: 1, 200: 2, 201: 4 },
  ...{ 217: 1, 218: 2, 219: 4, 220: 2, 221: 4, 222: 2, 223: 4 },
};
/** By the first byte: how many follow if that is fixed, in numbers and in extensions with their type. */
const FIXED: Readonly<Record<number, number>> = {
  ...{ 202: 4, 203: 8, 204: 1, 205: 2, 206: 4, 207: 8, 208: 1, 209: 2, 210: 4, 211: 8 },
  ...{ 212: 2, 213: 3, 214: 5, 215: 9, 216: 17 },
};

/**
 * Whether a MessagePack frame has more values, or a longer text, than any call. Creates none of them: a decoder
 * allocates as much as an array claims to have, and a few bytes can claim millions. What isn't MessagePack is left to
 * the decoder.
 */
export function isOverloaded(frame: ArrayBuffer): boolean {
  const view = new DataView(frame);
  let [at, values] = [0, 1];
  for (let seen = 0; seen < values && at < view.byteLength; seen++) {
    const head = headAt(view, at);
    if (!head || head.text > MAX_FRAME) return head !== undefined;
    values += head.values;
    if (values > MAX_VALUES) return true;
    at += head.bytes;
  }
  return false;
}

interface Head {
  /** Until the next value, inside this one or after it. */
  readonly bytes: number;
  /** Values inside. */
  readonly values: number;
  /** Bytes of it that are text. */
  readonly text: number;
}

/** Undefined if the frame is truncated. */
function headAt(view: DataView, at: number): Head | undefined {
  const type = view.getUint8(at);
  if (type >= 0x80 && type <= 0x8f) return { bytes: 1, values: 2 * (type & 0x0f), text: 0 };
  if (type >= 0x90 && type <= 0x9f) return { bytes: 1, values: type & 0x0f, text: 0 };
  if (type >= 0xa0 && type <= 0xbf) return { bytes: 1 + (type & 0x1f), values: 0, text: 0 };
  const sizeBytes = SIZE_BYTES[type];
  if (sizeBytes === undefined) return { bytes: 1 + (FIXED[type] ?? 0), values: 0, text: 0 };
  if (at + 1 + sizeBytes > view.byteLength) return undefined;
  const size = sizeAt(view, at + 1, sizeBytes);
  const bytes = 1 + sizeBytes;
  if (type >= 0xde) return { bytes, values: 2 * size, text: 0 };
  if (type >= 0xdc) return { bytes, values: size, text: 0 };
  // An extension has a type before its bytes.
  return { bytes: bytes + size + (type >= 0xc7 && type <= 0xc9 ? 1 : 0), values: 0, text: type >= 0xd9 ? size : 0 };
}

function sizeAt(view: DataView, at: number, bytes: number): number {
  if (bytes === 1) return view.getUint8(at);
  return bytes === 2 ? view.getUint16(at) : view.getUint32(at);
}
