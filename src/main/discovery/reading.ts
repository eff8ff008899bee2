import type { ChannelReading, FoundSlot } from '../../shared/discovery.ts';
import { FLAG, LANES, type Lane, MIN_BUFFER_SIZE } from '../../shared/domain.ts';
import { type Geometry, geometry } from '../channel/layout.ts';
import { type Candidate, type Verdict, weighLayouts } from '../channel/layout-evidence.ts';

const PAGE = 4096;
const pages = (size: number) => Math.ceil(size / PAGE);

/**
 * A section read as a channel; null where it does not look like one. `sample` is its beginning, as the evidence of
 * layouts takes it, `extent` its bytes. A channel has the size that its header tells, and flags in both places; one
 * whose ends use different layouts has that too, though its bytes fit none. A larger section may have been taken over
 * by a `sized` server with smaller buffers: that takes a message which fits.
 */
export function readChannel(sample: Uint8Array, extent: number): ChannelReading | null {
  const bytes = new DataView(sample.buffer, sample.byteOffset, sample.byteLength);
  const verdict = weighLayouts(sample, extent);
  const fitting = verdict.candidates.filter((candidate) => isPossible(candidate, bytes, extent, verdict));
  const [best] = fitting;
  if (!best) return null;
  const whole = geometry(best.layout, best.capacity);
  const slots = Object.fromEntries(LANES.map((lane) => [lane, slotOf(lane, whole, bytes)]));
  return {
    ...certaintyOf(verdict, fitting),
    capacity: best.capacity,
    slots: slots as Record<Lane, FoundSlot>,
  };
}

function isPossible(candidate: Candidate, bytes: DataView, extent: number, verdict: Verdict): boolean {
  const { layout, capacity, standing } = candidate;
  if (standing === 'impossible' || (layout === 'sized' && capacity < MIN_BUFFER_SIZE)) return false;
  const whole = geometry(layout, capacity);
  if (LANES.some((lane) => slotOf(lane, whole, bytes).flag > FLAG.exit)) return false;
  if (pages(whole.sectionBytes) === pages(extent)) return true;
  return layout === 'sized' && verdict.layout === layout && verdict.certainty === 'certain' && hasMessage(whole, bytes);
}

const hasMessage = (whole: Geometry, bytes: DataView): boolean =>
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

/** What is missing of the sample reads 0. */
function slotOf(lane: Lane, { spec }: Geometry, bytes: DataView): FoundSlot {
  const u32 = (at: number) => (at + 4 <= bytes.byteLength ? bytes.getUint32(at, true) : 0);
  const at = spec.length[lane];
  return { flag: u32(spec.flag[lane]), length: u32(at) + (spec.lengthBytes === 8 ? u32(at + 4) * 2 ** 32 : 0) };
}
