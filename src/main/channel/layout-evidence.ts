import { FLAG, LANES, LAYOUTS, type Lane, type Layout, MIN_BUFFER_SIZE } from '../../shared/domain.ts';
import { type Candidate, type Certainty, type Reason, STANDINGS, type Standing } from '../../shared/lens.ts';
import { senderOf } from '../../shared/session-kind.ts';
import { type Geometry, geometry } from './layout.ts';
import type { SectionBytes } from './section-bytes.ts';
import { bytesOf, count } from './words.ts';

/** Bytes from the start of a section that a verdict uses: a whole `fixed64` section. More would change nothing. */
export const SAMPLE_BYTES = geometry('fixed64', 0).sectionBytes;
/** A message that begins with this many NULs was more likely read from the wrong place than sent that way. */
const STRANGE_NULS = 8;
const PAGE = 4096;

export interface Verdict {
  readonly certainty: Certainty;
  /** null while `undecided`. */
  readonly layout: Layout | null;
  /** All three layouts, the most likely first. */
  readonly candidates: readonly Candidate[];
}

/**
 * Which layout a section has, from bytes alone. `bytes` are its beginning ({@link SAMPLE_BYTES}, or all of it),
 * `extent` the bytes of its view. Relies on what every version of the crate does: a fresh header over zeroed buffers, a
 * buffer zeroed before each message, and no length beyond the buffer. Never throws.
 */
export function weighLayouts(bytes: SectionBytes, extent: number): Verdict {
  const candidates = LAYOUTS.map((layout) => weigh(layout, bytes, extent)).sort(byStanding);
  const [best, second] = candidates as [Candidate, Candidate, Candidate];
  const certainty = certaintyOf(best, second, hasExactSize(best, extent));
  return { certainty, layout: certainty === 'undecided' ? null : best.layout, candidates };
}

const rank = ({ standing }: Candidate) => STANDINGS.indexOf(standing);
const byStanding = (a: Candidate, b: Candidate) => rank(a) - rank(b) || a.against.length - b.against.length;
const isConsistent = (candidate: Candidate) => rank(candidate) <= STANDINGS.indexOf('doubtful');

function certaintyOf(best: Candidate, second: Candidate, exactSize: boolean): Certainty {
  if (best.standing === 'impossible') return 'undecided';
  // A size at offset 0 isn't a flag, and the section's own size confirms it.
  const isSized = best.layout === 'sized' && best.capacity >= MIN_BUFFER_SIZE;
  if (isSized && (exactSize || best.standing === 'fits')) return 'certain';
  const isOnly = second.standing === 'leftovers' ? best.standing === 'fits' : !isConsistent(second);
  if (isConsistent(best) && isOnly) return isOversized(best, exactSize) ? 'probable' : 'certain';
  const isBetter = rank(best) < rank(second) || best.against.length < second.against.length;
  return isBetter ? 'probable' : 'undecided';
}

const pages = (size: number) => Math.ceil(size / PAGE) * PAGE;
const hasExactSize = ({ layout, capacity }: Candidate, extent: number) =>
  pages(geometry(layout, capacity).sectionBytes) === pages(extent);
const isOversized = ({ layout, capacity }: Candidate, exactSize: boolean) =>
  layout === 'sized' && capacity < MIN_BUFFER_SIZE && !exactSize;

function weigh(layout: Layout, bytes: SectionBytes, extent: number): Candidate {
  const size = bytes.u32(0);
  const whole = geometry(layout, size);
  const { capacity, sectionBytes } = whole;
  const reject = (text: string): Candidate => {
    return { layout, capacity, standing: 'impossible', for: [], against: [{ text, from: 0, to: 4 }] };
  };
  if (capacity === 0) return reject('Offset 0 holds 0, so the buffers would be empty.');
  if (layout !== 'sized' && size >= MIN_BUFFER_SIZE)
    return reject(`Offset 0 holds ${count(size)}, which isn't a flag (0 to 3).`);
  if (sectionBytes > extent)
    return reject(`It would take ${count(sectionBytes)} bytes, and the section has ${count(extent)}.`);
  const seen: Seen = { for: [], doubts: [], leftovers: [], against: [] };
  if (layout === 'sized') weighSize(size, bytes, extent, sectionBytes, seen);
  for (const lane of LANES) weighSlot(lane, whole, bytes, seen);
  const against = [...seen.against, ...seen.leftovers, ...seen.doubts];
  return { layout, capacity, standing: standingOf(seen), for: seen.for, against };
}

type Seen = Record<'for' | 'doubts' | 'leftovers' | 'against', Reason[]>;

function standingOf({ against, leftovers, doubts }: Seen): Standing {
  if (against.length > 0) return 'contradicted';
  if (leftovers.length > 0) return 'leftovers';
  return doubts.length > 0 ? 'doubtful' : 'fits';
}

function weighSize(size: number, bytes: SectionBytes, extent: number, sectionBytes: number, seen: Seen): void {
  const isExact = pages(sectionBytes) === pages(extent);
  const sizes = `Offset 0 holds the buffer size ${count(size)}`;
  if (size >= MIN_BUFFER_SIZE || isExact) {
    const room = isExact ? ', and the section is large enough for it' : '';
    seen.for.push({ text: `${sizes}${room}.`, from: 0, to: 4 });
  } else {
    const text = `${sizes}, which takes ${count(sectionBytes)} bytes, and the section has ${count(extent)}.`;
    seen.doubts.push({ text, from: 0, to: 4 });
  }
  const padding = bytes.u32(20);
  if (padding !== 0) seen.against.push({ text: `Offset 20 holds ${padding}, which is always 0.`, from: 20, to: 24 });
}

/** The flag, the length and the data of one direction, and whether they go together. */
function weighSlot(lane: Lane, { spec, capacity, data }: Geometry, bytes: SectionBytes, seen: Seen): void {
  const who = senderOf(lane);
  const [flagAt, lengthAt, begin] = [spec.flag[lane], spec.length[lane], data[lane]];
  const flag = bytes.u32(flagAt);
  const length = spec.lengthBytes === 8 ? bytes.u64(lengthAt) : bytes.u32(lengthAt);
  const against = (text: string, from: number, to: number) => seen.against.push({ text, from, to });
  if (flag > FLAG.exit) against(`Offset ${flagAt} holds ${flag}, which isn't a flag (0 to 3).`, flagAt, flagAt + 4);
  if (length > capacity) {
    const text = `Offset ${lengthAt} holds the length ${count(length)}, and the buffer has ${count(capacity)} bytes.`;
    against(text, lengthAt, lengthAt + spec.lengthBytes);
    return;
  }
  const rest = bytes.used(begin + length, begin + capacity);
  if (flag === FLAG.waiting && (length > 0 || rest)) {
    const what = length > 0 ? `offset ${lengthAt} holds a length of ${count(length)}` : `its buffer isn't empty`;
    against(`The ${who} would have sent nothing (flag at ${flagAt}), but ${what}.`, flagAt, flagAt + 4);
  } else if (rest) {
    const where = `more follows it (bytes ${count(rest.from)} to ${count(rest.to - 1)})`;
    const text = `The ${who}'s message would have ${bytesOf(length)} (length at ${lengthAt}), but ${where}, and a sender zeroes its buffer before each message.`;
    seen.leftovers.push({ text, from: rest.from, to: rest.to });
  }
  if (length > 0) weighMessage(who, begin, length, bytes, seen);
}

function weighMessage(who: string, begin: number, length: number, bytes: SectionBytes, seen: Seen): void {
  const end = begin + length;
  const used = bytes.used(begin, end);
  const message = `The ${who}'s message has ${bytesOf(length)} at ${count(begin)}`;
  if (!used) seen.doubts.push({ text: `${message}, and all are NUL.`, from: begin, to: end });
  else if (used.from - begin >= STRANGE_NULS)
    seen.doubts.push({ text: `${message} and begins with ${used.from - begin} NULs.`, from: begin, to: used.from });
  else seen.for.push({ text: `${message}.`, from: begin, to: end });
}
