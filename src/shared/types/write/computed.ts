import type { Leaf } from './leaves.ts';
import { withValue } from './write-value.ts';

/** Values of a message that are computed from its other bytes. */

export const COMPUTED = ['size', 'behind', 'crc32', 'crc32-rest'] as const;
export type Computed = (typeof COMPUTED)[number];

export const COMPUTED_WORDS: Readonly<Record<Computed, string>> = {
  size: 'Bytes of the message',
  behind: 'Bytes behind this field',
  crc32: 'CRC-32 of the bytes before it',
  'crc32-rest': 'CRC-32 of the message with 0 here',
};

/** By path. */
export type ComputedLeaves = ReadonlyMap<string, Computed>;

/** Whether a leaf can be computed at all. */
export const canCompute = ({ plan, bit }: Leaf): boolean =>
  plan.kind === 'scalar' && !bit && !plan.names && /^(u?int)$/.test(plan.format) && plan.size >= 2;

/** What a name suggests, to start with: nothing is computed that the user doesn't see. */
export function suggested(leaf: Leaf): Computed | undefined {
  if (!canCompute(leaf)) return undefined;
  if (/^(crc|crc_?32|checksum)$/i.test(leaf.name)) return leaf.plan.size === 4 ? 'crc32' : undefined;
  return /^(length|len|size|msg_?(len|size)|total_?(len|length|size)|cb_?size|n_?bytes)$/i.test(leaf.name)
    ? 'size'
    : undefined;
}

/** The message with everything computed: lengths first, then what covers them. A length that doesn't fit stays. */
export function withComputed(bytes: Uint8Array, leaves: readonly Leaf[], computed: ComputedLeaves): Uint8Array {
  const order = (leaf: Leaf) => COMPUTED.indexOf(computed.get(leaf.path) ?? 'size') * 1e9 + leaf.offset;
  return leaves
    .filter(({ path }) => computed.has(path))
    .toSorted((a, b) => order(a) - order(b))
    .reduce((message, leaf) => put(message, leaf, computed.get(leaf.path) as Computed), bytes);
}

function put(bytes: Uint8Array, leaf: Leaf, how: Computed): Uint8Array {
  const end = leaf.offset + leaf.size;
  const mask = 2n ** BigInt(leaf.size * 8) - 1n;
  const value = {
    size: () => BigInt(bytes.length),
    behind: () => BigInt(bytes.length - end),
    crc32: () => BigInt(crc32(bytes.subarray(0, leaf.offset))) & mask,
    'crc32-rest': () => BigInt(crc32(bytes.slice().fill(0, leaf.offset, end))) & mask,
  }[how]();
  try {
    const signed = leaf.plan.kind === 'scalar' && leaf.plan.format === 'int';
    return withValue(bytes, leaf, signed ? BigInt.asIntN(leaf.size * 8, value) : value);
  } catch (error) {
    if (error instanceof RangeError) return bytes;
    throw error;
  }
}

/** As in IEEE 802.3 and zlib. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}
