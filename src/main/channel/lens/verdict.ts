import { DEFAULT_BUFFER_SIZE, LAYOUTS, type Layout, ROLES, type Role } from '../../../shared/domain.ts';
import type { Certainty, LensOutcome, LensVerdict, Reason } from '../../../shared/lens.ts';
import type { SectionBytes } from '../section-bytes.ts';
import { distanceWords, listed } from './distance.ts';
import { type Fit, fitOf } from './fit.ts';
import { messagesOf, oddOnes, type SeenMessage } from './message.ts';
import { type Pair, pairOf, type Writes } from './writes.ts';

/** A pair of layouts, and whether it can have left the bytes. */
export interface PairFit {
  readonly pair: Pair;
  readonly fit: Fit;
}

/** All nine pairs, or those that a side's `known` layout leaves. */
export function pairsOf(bytes: SectionBytes, known: Partial<Record<Role, Layout>> = {}): Pair[] {
  const isLeft = ({ role, layout }: Writes) => (known[role] ?? layout) === layout;
  return allPairs(bytes).filter(({ server, client }) => isLeft(server) && isLeft(client));
}

/** They depend only on the buffer size, which rarely changes. */
function allPairs(bytes: SectionBytes): readonly Pair[] {
  const size = bytes.u32(0);
  if (size !== last.size) {
    const pairs = LAYOUTS.flatMap((server) => LAYOUTS.map((client) => pairOf(server, client, size)));
    last = { size, pairs };
  }
  return last.pairs;
}
let last: { readonly size: number; readonly pairs: readonly Pair[] } = { size: Number.NaN, pairs: [] };

/** All nine pairs, checked against the bytes. `extent`: bytes of the view. */
export const fitAll = (bytes: SectionBytes, extent: number): PairFit[] =>
  pairsOf(bytes).map((pair) => ({ pair, fit: fitOf(pair, bytes, extent) }));

/** A pair that can have left the bytes, with its messages. */
interface Possible {
  readonly pair: Pair;
  readonly seen: readonly SeenMessage[];
}

/** What to say about the peers' layouts when these pairs fit and the others don't. */
export function judge(fits: readonly PairFit[], bytes: SectionBytes): LensVerdict {
  const possible = fits
    .flatMap(({ pair, fit }) => (fit.fits ? [{ pair, seen: messagesOf(pair, fit.orders, bytes) }] : []))
    .sort((a, b) => oddOnes(a.seen) - oddOnes(b.seen));
  const [best, second] = possible;
  if (!best) return foreign();
  const layouts = { server: layoutsOf('server', possible), client: layoutsOf('client', possible) };
  if (!possible.some(isSame)) return judgeMismatch(possible, layouts, fits, bytes);
  if (!second || (isSame(best) && oddOnes(best.seen) < oddOnes(second.seen))) {
    const { sentence, proof } = { sentence: agreeing(best.pair.server.layout), proof: reasons(best) };
    return { outcome: 'same', certainty: second ? 'probable' : 'certain', layouts, sentence, proof };
  }
  return open(layouts, best, bytes);
}

/** No single layout fits both. But if that relies on a zeroed slot, the message in it must be visible. */
function judgeMismatch(
  possible: readonly Possible[],
  layouts: LensVerdict['layouts'],
  fits: readonly PairFit[],
  bytes: SectionBytes,
): LensVerdict {
  const [best, second] = possible as [Possible, ...Possible[]];
  const plain = best.seen.filter(({ isOdd }) => !isOdd);
  const isBacked = ({ pair, fit }: PairFit) =>
    fit.fits || fit.holds !== 'zeroed' || !isSame({ pair }) || plain.some((one) => one.isWhole && one.role === fit.of);
  const isProven = fits.every(isBacked);
  if (!isProven && plain.length < ROLES.length) return undecided('several', layouts, SEVERAL);
  const isOnly = !second || oddOnes(best.seen) < oddOnes(second.seen);
  const certainty = isProven && !second ? 'certain' : 'probable';
  const sentence = isOnly ? mismatch(best.pair, bytes, certainty) : differing(layouts);
  const proof = [...exclusions(best.pair, fits), ...reasons(best)];
  return { outcome: 'mismatch', certainty, layouts, sentence, proof };
}

const reasons = ({ seen }: Possible): Reason[] => seen.flatMap(({ isOdd, what }) => (isOdd ? [] : [what]));
const layoutsOf = (role: Role, possible: readonly Possible[]): Layout[] => [
  ...new Set(possible.map(({ pair }) => pair[role].layout)),
];
const isSame = ({ pair }: Pick<Possible, 'pair'>) => pair.server.layout === pair.client.layout;

const agreeing = (layout: Layout) => `Both sides use ${quoted(layout)}, so they understand each other.`;

function mismatch({ server, client }: Pair, bytes: SectionBytes, certainty: Certainty): string {
  const probably = certainty === 'certain' ? '' : 'probably ';
  const size = server.layout === 'sized' ? bytes.u32(0) : DEFAULT_BUFFER_SIZE;
  const distance = distanceWords(server.layout, client.layout, size);
  return `The server ${probably}uses ${quoted(server.layout)}, the client ${quoted(client.layout)}: their ${distance}, so each reads garbage or nothing. ${CURE}`;
}

const CURE = 'Build both with the same version of the crate, 0.1.3 or later.';

function differing({ server, client }: LensVerdict['layouts']): string {
  const which = (layouts: readonly Layout[]) => listed(layouts.map(quoted), 'or');
  return `The two sides use different layouts, so each reads garbage or nothing: the server uses ${which(server)}, the client ${which(client)}. ${CURE}`;
}
const quoted = (layout: Layout) => `"${layout}"`;

/** Why the two can't both use one of the layouts. */
function exclusions(pair: Pair, fits: readonly PairFit[]): Reason[] {
  return ROLES.flatMap((role) => {
    const { layout } = pair[role];
    const fit = fits.find((one) => one.pair.server.layout === layout && isSame(one))?.fit;
    return fit?.fits === false ? [{ ...fit.why, text: `If both used ${layout}: ${fit.why.text}` }] : [];
  });
}

/** Several pairs fit, among them one whose sides understand each other. */
function open(layouts: LensVerdict['layouts'], best: Possible, bytes: SectionBytes): LensVerdict {
  const known = ROLES.find((role) => layouts[role].length === 1);
  const [layout] = known ? layouts[known] : [];
  if (known && layout) {
    const other = known === 'server' ? 'client' : 'server';
    const sentence = `The ${known} uses ${quoted(layout)}. The ${other} hasn't written anything yet that shows its layout: ${listed(layouts[other].map(quoted), 'or')}.`;
    return { outcome: 'one', certainty: 'certain', layouts, sentence, proof: reasons(best) };
  }
  const isEmpty = bytes.used(4, best.pair.sectionBytes) === null && (best.pair.bufferSize !== null || !bytes.u32(0));
  return isEmpty
    ? undecided('nothing', layouts, 'Nothing has been written yet that shows a layout: the first messages will.')
    : undecided('several', layouts, SEVERAL);
}
const SEVERAL =
  'What was written so far can be read in several ways: a message with different bytes, text rather than zeros, will tell.';

const undecided = (outcome: LensOutcome, layouts: LensVerdict['layouts'], sentence: string): LensVerdict => ({
  ...{ outcome, certainty: 'undecided', layouts, sentence },
  proof: [],
});

const foreign = (): LensVerdict =>
  undecided(
    'foreign',
    { server: [], client: [] },
    'No pair of layouts leaves these bytes: another kind of program made the section, it has not been set up yet, or somebody writes without zeroing the buffer first.',
  );
