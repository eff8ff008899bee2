/** One byte per record of a piece: 1 if it matches. */
export type Mask = Uint8Array;

const COMMA = ','.charCodeAt(0);
const ZERO = '0'.charCodeAt(0);

/** @param places of the matching ones, as `3,4,17`; what `among` leaves out doesn't match */
export function maskOf(places: string, length: number, among?: Mask): Mask {
  const mask = new Uint8Array(length);
  if (places === '') return mask;
  let place = 0;
  for (let at = 0; at < places.length; at++) {
    const code = places.charCodeAt(at);
    if (code !== COMMA) place = place * 10 + code - ZERO;
    else {
      mask[place] = among?.[place] ?? 1;
      place = 0;
    }
  }
  mask[place] = among?.[place] ?? 1;
  return mask;
}

/** The numbers of the matching records, if the piece starts at `from`. */
export function seqsOf(mask: Mask, from: number): Uint32Array {
  const seqs = new Uint32Array(mask.length);
  let length = 0;
  for (let at = mask.indexOf(1); at >= 0; at = mask.indexOf(1, at + 1)) seqs[length++] = from + at;
  return seqs.slice(0, length);
}

export function without(mask: Mask, taken: Mask): Mask {
  return mask.map((passes, at) => passes & ~(taken[at] ?? 0));
}

export function union(masks: readonly Mask[], length: number): Mask {
  const all = new Uint8Array(length);
  for (const mask of masks) for (let at = 0; at < length; at++) all[at] = (all[at] ?? 0) | (mask[at] ?? 0);
  return all;
}
