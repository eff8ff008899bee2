import { LANES, type Layout } from '../../../shared/domain.ts';
import type { LensField } from '../../../shared/lens.ts';
import { geometry } from '../layout.ts';
import type { SectionBytes } from '../section-bytes.ts';

/** What each byte of the section is in a layout, as far as the view goes. */
export function fieldsOf(layout: Layout, bytes: SectionBytes, extent: number): LensField[] {
  const { spec, capacity, data } = geometry(layout, bytes.u32(0));
  const word = (kind: LensField['kind'], lane: LensField['lane'], from: number, size: 4 | 8 = 4): LensField => {
    return { kind, lane, from, to: from + size, value: size === 8 ? bytes.u64(from) : bytes.u32(from) };
  };
  const fields: LensField[] = [
    ...(spec.bufferSize === null ? [] : [word('size', null, spec.bufferSize)]),
    ...LANES.map((lane) => word('flag', lane, spec.flag[lane])),
    ...LANES.map((lane) => word('length', lane, spec.length[lane], spec.lengthBytes)),
    ...(spec.padding === null ? [] : [word('padding', null, spec.padding)]),
    ...LANES.map((lane): LensField => {
      return { kind: 'data', lane, from: data[lane], to: Math.min(extent, data[lane] + capacity), value: null };
    }),
  ];
  return fields.filter(({ from, to }) => from < to && to <= extent);
}
