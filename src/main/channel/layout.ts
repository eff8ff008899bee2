import { DEFAULT_BUFFER_SIZE, type Lane, type Layout } from '../../shared/domain.ts';

/** Byte offsets of one layout's header. Source: the crate's versions, see {@link Layout}. */
interface LayoutSpec {
  /** u32 buffer size per direction; null if the crate fixed it at 16384. */
  readonly bufferSize: number | null;
  readonly flag: Readonly<Record<Lane, number>>;
  readonly length: Readonly<Record<Lane, number>>;
  /** 8 if the crate declared the lengths pointer-sized and was built for 64 bit. */
  readonly lengthBytes: 4 | 8;
  /** u32 that is always 0; null if there is none. */
  readonly padding: number | null;
  readonly headerBytes: number;
}

const LAYOUT_SPECS: Readonly<Record<Layout, LayoutSpec>> = {
  fixed64: {
    bufferSize: null,
    flag: { s2c: 0, c2s: 4 },
    length: { s2c: 8, c2s: 16 },
    lengthBytes: 8,
    padding: null,
    headerBytes: 24,
  },
  fixed: {
    bufferSize: null,
    flag: { s2c: 0, c2s: 4 },
    length: { s2c: 8, c2s: 12 },
    lengthBytes: 4,
    padding: null,
    headerBytes: 16,
  },
  sized: {
    bufferSize: 0,
    flag: { s2c: 4, c2s: 8 },
    length: { s2c: 12, c2s: 16 },
    lengthBytes: 4,
    padding: 20,
    headerBytes: 24,
  },
};

/** A layout with its buffer size: everything needed to find a byte. */
export interface Geometry {
  readonly layout: Layout;
  readonly spec: LayoutSpec;
  /** Bytes per direction. */
  readonly capacity: number;
  /** Where each direction's data begins. */
  readonly data: Readonly<Record<Lane, number>>;
  /** Bytes that the whole section needs. */
  readonly sectionBytes: number;
}

/** The capacity of `fixed` and `fixed64` is always 16384, whatever is requested. */
export function geometry(layout: Layout, bufferSize: number): Geometry {
  const spec = LAYOUT_SPECS[layout];
  const capacity = spec.bufferSize === null ? DEFAULT_BUFFER_SIZE : bufferSize;
  const data = { s2c: spec.headerBytes, c2s: spec.headerBytes + capacity };
  return { layout, spec, capacity, data, sectionBytes: spec.headerBytes + 2 * capacity };
}
