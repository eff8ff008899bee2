import type { ChannelReading, FoundSlot, LayoutMismatch } from '../../shared/discovery.ts';
import { FLAG, LANES, type Lane, MIN_BUFFER_SIZE } from '../../shared/domain.ts';
import type { Candidate } from '../../shared/lens.ts';
import { type Geometry, geometry } from '../channel/layout.ts';
import { type Verdict, weighLayouts } from '../channel/layout-evidence.ts';
import { verdictOf } from '../channel/lens/lens.ts';
import { SectionBytes } from '../channel/section-bytes.ts';

const PAGE = 4096;
const pages = (size: number) => Math.ceil(size / PAGE);

/**
 * A section read as a channel; null if it doesn't look like one. `sample` is its beginning, as the layouts' evidence
 * needs it, `extent` its bytes. A channel has the size that its header says, and flags in both places; so does one
 * whose ends use different layouts, though its bytes fit none. A larger section may have been taken over by a `sized`
 * server with smaller buffers: that requires a message that fits.
 *
 * `thorough`: whether different layouts of its ends are looked for even if one layout fits, which takes 0.1 ms.
 */
export function readChannel(sample: Uint8Array, extent: number, thorough = true): ChannelReading | null {
  const bytes = new SectionBytes({ from: 0, bytes: sample });
  const verdict = weighLayouts(bytes, extent);
  const fitting = verdict.candidates.filter((candidate) => isPossible(candidate, bytes, extent, verdict));
  const [best] = fitting;
  if (!best) return null;
  const whole = geometry(best.layout, best.capacity);
  const slots = Object.fromEntries(LANES.map((lane) => [lane, slotOf(lane, whole, bytes)]));
  const told = certaintyOf(verdict, fitting);
  const isUsed = LANES.some((lane) => slotOf(lane, whole, bytes).flag !== FLAG.waiting);
  const mismatch = isUsed && (thorough || told.certainty === 'contradicted') ? mismatchIn(bytes, extent) : null;
  return {
    ...(mismatch ? { ...told, certainty: 'contradicted', layout: null } : told),
    mismatch,
    capacity: best.capacity,
    slots: slots as Record<Lane, FoundSlot>,
  };
}

function isPossible(candidate: Candidate, bytes: SectionBytes, extent: number, verdict: Verdict): boolean {
  const { layout, capacity, standing } = candidate;
  if (standing === 'impossible' || (layout === 'sized' && capacity < MIN_BUFFER_SIZE)) return false;
  const whole = geometry(layout, capacity);
  if (LANES.some((lane) => slotOf(lane, whole, bytes).flag > FLAG.exit)) return false;
  if (pages(whole.sectionBytes) === pages(extent)) return true;
  return layout === 'sized' && verdict.layout === layout && verdict.certainty === 'certain' && hasMessage(whole, bytes);
}

const hasMessage = (whole: Geometry, bytes: SectionBytes): boolean =>
  LANES.map((lane) => slotOf(lane, whole, bytes)).some(({ flag, length }) => flag !== FLAG.waiting && length > 0);

function certaintyOf(
  { certainty, layout }: Verdict,
  fitting: readonly Candidate[],
): Pick<ChannelReading, 'certainty' | 'layout' | 'likely'> {
  const likely = fitting.filter(({ standing }) => standing === fitting[0]?.standing).map((each) => each.layout);
  const isContradicted = fitting[0]?.standing === 'contradicted' || fitting[0]?.standing === 'leftovers';
  if (layout !== null && likely.includes(layout) && !(isContradicted && certainty !== 'certain'))
    return { certainty, layout, likely };
  if (isContradicted) return { certainty: 'contradicted', layout: null, likely };
  return { certainty: 'undecided', layout: null, likely };
}

function slotOf(lane: Lane, { spec }: Geometry, bytes: SectionBytes): FoundSlot {
  const at = spec.length[lane];
  return { flag: bytes.u32(spec.flag[lane]), length: spec.lengthBytes === 8 ? bytes.u64(at) : bytes.u32(at) };
}

/** The two layouts that its ends write, if the lens can tell. */
function mismatchIn(bytes: SectionBytes, extent: number): LayoutMismatch | null {
  const { outcome, layouts, sentence } = verdictOf(bytes, extent);
  const [server, client] = [layouts.server[0], layouts.client[0]];
  return outcome === 'mismatch' && server && client ? { server, client, sentence } : null;
}
