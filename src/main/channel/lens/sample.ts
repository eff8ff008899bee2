import { LAYOUTS, MIN_BUFFER_SIZE } from '../../../shared/domain.ts';
import type { ReadableSection } from '../../kernel/kernel.ts';
import { geometry } from '../layout.ts';
import { SAMPLE_BYTES } from '../layout-evidence.ts';
import { SectionBytes, type Span } from '../section-bytes.ts';

/** Bytes of each slot that are shown. */
const SHOWN = 64;
/** Bytes per row: no row is shown in part. */
const ROW = 16;

/**
 * A copy of what the lens looks at: the section's beginning, and the first bytes of a client's slot that lies beyond
 * it.
 */
export class LensSample {
  readonly bytes: SectionBytes;
  readonly #copies: readonly Span[];

  constructor(section: ReadableSection) {
    const { extent } = section;
    const beginning = copy(section, 0, Math.min(SAMPLE_BYTES, extent));
    const size = new SectionBytes(beginning).u32(0);
    const { c2s } = geometry('sized', size).data;
    const isFurther = size >= MIN_BUFFER_SIZE && c2s >= SAMPLE_BYTES && c2s < extent;
    const further = isFurther ? [copy(section, rowOf(c2s), Math.min(extent, rowOf(c2s) + SHOWN + ROW))] : [];
    this.#copies = [beginning, ...further];
    this.bytes = new SectionBytes(...this.#copies);
  }

  equals(other: LensSample): boolean {
    return (
      this.#copies.length === other.#copies.length &&
      this.#copies.every(({ bytes }, index) => Buffer.compare(bytes, other.#copies[index]?.bytes ?? EMPTY) === 0)
    );
  }
}
const EMPTY = new Uint8Array();

function copy(section: ReadableSection, from: number, to: number): Span {
  const bytes = new Uint8Array(Math.max(0, to - from));
  if (bytes.length > 0) section.read(from, bytes);
  return { from, bytes };
}

const rowOf = (at: number) => at - (at % ROW);

/** The header and the first bytes of both slots under each layout, in whole rows. */
export function shownSpans(bytes: SectionBytes, extent: number): Span[] {
  const begins = LAYOUTS.flatMap((layout) => Object.values(geometry(layout, bytes.u32(0)).data));
  const ranges: { from: number; to: number }[] = [];
  for (const begin of [0, ...begins].sort((a, b) => a - b)) {
    const [from, to] = [rowOf(begin), Math.min(extent, rowOf(begin + SHOWN + ROW - 1))];
    const last = ranges.at(-1);
    if (from >= extent) continue;
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else ranges.push({ from, to });
  }
  return ranges.map(({ from, to }) => ({ from, bytes: bytes.slice(from, to) }));
}
