import { LAYOUTS } from '../../../shared/domain.ts';
import type { LensReading, LensVerdict, LensView } from '../../../shared/lens.ts';
import { weighLayouts } from '../layout-evidence.ts';
import type { SectionBytes } from '../section-bytes.ts';
import { fieldsOf } from './fields.ts';
import { shownSpans } from './sample.ts';
import { fitAll, judge } from './verdict.ts';

/**
 * The section's beginning as each layout reads it, and what that says about the layouts of its two users. `extent`:
 * bytes of the view. `verdict`: of an earlier observer; omitted: from these bytes alone. Never throws.
 */
export function lensView(bytes: SectionBytes, extent: number, verdict = verdictOf(bytes, extent)): LensView {
  const { candidates } = weighLayouts(bytes, extent);
  const readings = LAYOUTS.flatMap((layout): LensReading[] =>
    candidates
      .filter((candidate) => candidate.layout === layout)
      .map((candidate) => ({ ...candidate, fields: fieldsOf(layout, bytes, extent) })),
  );
  return { extent, readings, verdict, spans: shownSpans(bytes, extent) };
}

export const verdictOf = (bytes: SectionBytes, extent: number): LensVerdict => judge(fitAll(bytes, extent), bytes);
