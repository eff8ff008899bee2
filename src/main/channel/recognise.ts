import {
  DEFAULT_BUFFER_SIZE,
  FLAG,
  LAYOUT_BUILDS,
  type Layout,
  MAX_BUFFER_SIZE,
  MIN_BUFFER_SIZE,
} from '../../shared/domain.ts';
import { ShmscopeError } from '../../shared/failure.ts';
import type { Candidate, Certainty, Standing } from '../../shared/lens.ts';
import type { ReadableSection } from '../kernel/kernel.ts';
import { type Geometry, geometry } from './layout.ts';
import { SAMPLE_BYTES, weighLayouts } from './layout-evidence.ts';
import { SectionBytes } from './section-bytes.ts';

const bytes = (n: number) => `${n.toLocaleString('en-US')} bytes`;
const extent = ({ extent, uncommitted }: ReadableSection) =>
  uncommitted === 0
    ? bytes(extent)
    : `${bytes(extent)} (its program has reserved ${bytes(uncommitted)} more, but not committed them)`;

/** Looks at a section that changes meanwhile, until two consecutive looks see the same. */
const MAX_LOOKS = 8;

/**
 * The geometry of a mapped section whose bytes leave no doubt about its layout. Throws {@link ShmscopeError}
 * `layout-ambiguous` if they do, `layout-unknown` if they fit none, `section-too-small` if the section can't hold what
 * its header says.
 */
export function recogniseLayout(section: ReadableSection, name: string): Geometry {
  const first = section.loadU32(0);
  if (first >= MIN_BUFFER_SIZE) claimedGeometry('sized', section, name);
  const { certainty, candidates } = weighLayouts(
    new SectionBytes({ from: 0, bytes: settledSample(section) }),
    section.extent,
  );
  const [best] = candidates as [Candidate];
  if (certainty === 'certain') return claimedGeometry(best.layout, section, name);
  const likely = likelyOnes(certainty, candidates);
  // Too small for any of them: the sentence for the smallest that has a flag where this section has one.
  if (likely.length === 0 && first <= FLAG.exit) return claimedGeometry('fixed', section, name);
  const layouts = likely.map(({ layout }) => layout);
  if (first > FLAG.exit && first < MIN_BUFFER_SIZE) {
    throw new ShmscopeError(
      'layout-unknown',
      `The section "${name}" begins with ${first}, which is neither a flag (0 to 3) nor a buffer size that fits the rest. It was created by another kind of program or isn't initialised yet. Choose a layout if you know it.`,
      undefined,
      layouts,
    );
  }
  throw new ShmscopeError('layout-ambiguous', ambiguous(name, certainty, likely), undefined, layouts);
}

/** The section's beginning; a peer may be in the middle of a message at the first look. */
function settledSample(section: ReadableSection): Uint8Array {
  const look = () => {
    const sample = Buffer.alloc(Math.min(SAMPLE_BYTES, section.extent));
    section.read(0, sample);
    return sample;
  };
  let seen = look();
  for (let looks = 1; looks < MAX_LOOKS; looks++) {
    const again = look();
    if (again.equals(seen)) break;
    seen = again;
  }
  return seen;
}

/** Those that a user may choose from, the most likely first. */
function likelyOnes(certainty: Certainty, candidates: readonly Candidate[]): readonly Candidate[] {
  const best = candidates[0]?.standing;
  if (certainty === 'undecided') return candidates.filter(({ standing }) => standing === best && best !== 'impossible');
  const unlikely: readonly Standing[] = best === 'contradicted' ? ['impossible'] : ['contradicted', 'impossible'];
  return candidates.filter(({ standing }) => !unlikely.includes(standing));
}

function ambiguous(name: string, certainty: Certainty, likely: readonly Candidate[]): string {
  const layouts = likely.map(({ layout }) => layout);
  const hasEvidence = likely.some((each) => each.for.length + each.against.length > 0);
  const why = hasEvidence ? 'its bytes fit each of them' : 'all bytes in which they differ are 0';
  const head =
    certainty === 'probable'
      ? `The section "${name}" probably has the layout "${layouts[0]}", but its bytes don't prove it.`
      : `The section "${name}" can have the layout ${layouts.map((each) => `"${each}"`).join(' or ')}: ${why}.`;
  const choices = layouts.map((layout) => `"${layout}" for ${LAYOUT_BUILDS[layout]}`);
  return [head, ...(hasEvidence ? likely.map(reading) : []), `Choose ${choices.join(', or ')}.`].join(' ');
}

function reading({ layout, against, for: speaking }: Candidate): string {
  const reasons = [...against, ...speaking].slice(0, 2).map(({ text }) => text);
  return `Read as "${layout}": ${reasons.length > 0 ? reasons.join(' ') : 'both buffers are empty.'}`;
}

/**
 * The geometry according to the user or the bytes, checked against the true extent. Throws `section-too-small` or
 * `layout-unknown`.
 */
export function claimedGeometry(layout: Layout, section: ReadableSection, name: string): Geometry {
  const claimed = layout === 'sized' ? section.loadU32(0) : DEFAULT_BUFFER_SIZE;
  if (claimed === 0) {
    throw new ShmscopeError(
      'layout-unknown',
      `The section "${name}" says its buffers hold 0 bytes. Either its layout isn't "sized" or its server hasn't written the header yet.`,
    );
  }
  const wanted = geometry(layout, claimed);
  if (wanted.sectionBytes > section.extent) {
    throw new ShmscopeError(
      'section-too-small',
      `The section "${name}" has ${extent(section)}, but its header (layout "${layout}") claims two buffers of ${bytes(claimed)}, ${bytes(wanted.sectionBytes)} in all. It was not opened, because reading it would go beyond its end.`,
    );
  }
  if (claimed > MAX_BUFFER_SIZE) {
    throw new ShmscopeError(
      'layout-unknown',
      `The section "${name}" has buffers of ${bytes(claimed)}; Shmscope handles up to ${bytes(MAX_BUFFER_SIZE)} in each direction.`,
    );
  }
  return wanted;
}
