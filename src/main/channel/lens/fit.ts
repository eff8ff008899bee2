import { FLAG, type Role } from '../../../shared/domain.ts';
import type { Reason } from '../../../shared/lens.ts';
import type { SectionBytes } from '../section-bytes.ts';
import { bytesOf, count } from '../words.ts';
import { overlaps, type Pair, type Range, type Writes, without } from './writes.ts';

/** All layouts keep their flags and lengths within these bytes. */
export const HEADER: Range = { from: 0, to: 24 };
const WORDS = [0, 4, 8, 12, 16, 20].map((from) => ({ from, to: from + 4 }));

/** Whether a pair can have left these bytes, and in which order its sides wrote last. */
export type Fit = { readonly fits: true; readonly orders: readonly Order[] } | ({ readonly fits: false } & Fault);

/**
 * When a fault excludes a pair. `always`: a word of the header holds what neither side ever writes there, even in the
 * middle of a message. `settled`: unless somebody is writing right now. `zeroed`: if, in addition, the side that sent
 * the message zeroes its slot before copying one, as the crate does.
 */
export const HOLDS = ['always', 'settled', 'zeroed'] as const;
interface Fault {
  readonly holds: (typeof HOLDS)[number];
  /** Whose message it is about. */
  readonly of: Role | null;
  readonly why: Reason;
}

/** The sides that have written so far, the last writer at the end. */
export type Order = readonly Writes[];

/** Why the header alone excludes `pair`, whatever its peers are doing right now; null if it doesn't. */
export function alwaysAgainst(pair: Pair, bytes: SectionBytes, extent: number): Reason | null {
  const [first] = WORDS as [Range];
  if (pair.bufferSize === 0) return { text: 'Offset 0 holds 0, so the buffers would be empty.', ...first };
  if (pair.needs > extent) {
    const text = `It would take ${count(pair.needs)} bytes, and the section has ${count(extent)}.`;
    return { text, ...first };
  }
  const strange = WORDS.find((word) => !canEverHold(pair, word, bytes.u32(word.from)));
  return strange ? foreignWord(strange, bytes) : null;
}

/** Checks the bytes against what both sides of `pair` can have written. `extent`: bytes of the view. */
export function fitOf(pair: Pair, bytes: SectionBytes, extent: number): Fit {
  const always = alwaysAgainst(pair, bytes, extent);
  if (always) return { fits: false, holds: 'always', of: null, why: always };
  const { server, client } = pair;
  const orders: readonly Order[] = [[server, client], [client, server], [server], [client], []];
  const faults = orders.map((order) => ({ order, fault: faultOf(order, pair, bytes) }));
  const fitting = faults.flatMap(({ order, fault }) => (fault ? [] : [order]));
  if (fitting.length > 0) return { fits: true, orders: fitting };
  const wrote = [server, client].filter(({ flagAt }) => bytes.u32(flagAt) !== 0);
  return {
    fits: false,
    ...mostTelling(
      faults.flatMap(({ order, fault }) => (fault ? [{ order, fault }] : [])),
      wrote,
    ),
  };
}

/**
 * What contradicts the possible orders of the sides that have written according to their flags, if those flags must be
 * believed.
 */
function mostTelling(faults: readonly { order: Order; fault: Fault }[], wrote: Order): Fault {
  const told = faults.filter(({ order }) => order.length === wrote.length && wrote.every((one) => order.includes(one)));
  const { fault } =
    [...told, ...faults].find((one) => one.fault.holds === 'zeroed') ?? told[0] ?? (faults[0] as (typeof faults)[0]);
  return fault;
}

function canEverHold(pair: Pair, word: Range, value: number): boolean {
  if (isSize(pair, word) || value === 0) return true;
  const sides = [pair.server, pair.client];
  if (isFlagOf(sides, pair, word, value)) return true;
  return sides.some(
    (side) => overlaps(side.slot, word) || (overlaps(side.length, word) && isLength(side, word, value)),
  );
}

const isSize = ({ bufferSize }: Pair, { from }: Range) => bufferSize !== null && from === 0;
const isLength = ({ length, longest }: Writes, { from }: Range, value: number) =>
  from === length.from ? value <= longest : value === 0;

/** A flag is only *read* if somebody reads it. */
function isFlagOf(sides: Order, { server, client }: Pair, { from }: Range, value: number): boolean {
  if (!sides.some(({ flagAt }) => flagAt === from)) return false;
  const isRead = server.answerAt === from || client.answerAt === from;
  return value === FLAG.sent || value === FLAG.exit || (value === FLAG.read && isRead);
}

/** What contradicts this order; null if nothing does. */
function faultOf(order: Order, pair: Pair, bytes: SectionBytes): Fault | null {
  const word = WORDS.find((one) => !canHold(order, pair, one, bytes.u32(one.from)));
  if (word) return { holds: 'settled', of: null, why: foreignWord(word, bytes) };
  const all: Range = { from: HEADER.to, to: pair.sectionBytes };
  for (const { from, to } of order.map(({ slot }) => slot).reduce<Range[]>(without, [all])) {
    const used = bytes.used(from, to);
    if (!used) continue;
    const text = `Nobody would have written ${rangeWords(used)}, and they aren't zero.`;
    return { holds: 'settled', of: null, why: { text, ...used } };
  }
  for (const side of order) {
    const why = leftoverOf(side, order, pair, bytes);
    if (why) return { holds: 'zeroed', of: side.role, why };
  }
  return null;
}

/** A flag can be written at any time, a length or data only by the last of `order` that has one there. */
function canHold(order: Order, pair: Pair, word: Range, value: number): boolean {
  if (isSize(pair, word) || isFlagOf(order, pair, word, value)) return true;
  // Each side stores its flag last.
  if (order.at(-1)?.flagAt === word.from) return false;
  const last = order.findLast((side) => overlaps(side.length, word) || overlaps(side.slot, word));
  if (last) return overlaps(last.slot, word) || isLength(last, word, value);
  return value === 0 && !order.some(({ flagAt }) => flagAt === word.from);
}

/** What follows the message in a side's slot, according to its length. */
function leftoverOf(side: Writes, order: Order, pair: Pair, bytes: SectionBytes): Reason | null {
  const length = lengthOf(side, order, pair, bytes);
  if (length === null || length >= side.longest || pair.isLost(side)) return null;
  const { from, to } = side.slot;
  for (const rest of visible(side, order, { from: from + length, to })) {
    const used = bytes.used(rest.from, rest.to);
    if (!used) continue;
    const message = `The ${side.role}'s message would have ${bytesOf(length)} from offset ${count(from)} on`;
    return { text: `${message}, but more follows it (${rangeWords(used)}).`, ...used };
  }
  return null;
}

/** The length of a side's last message; null if the other side may have overwritten it. */
export function lengthOf(side: Writes, order: Order, pair: Pair, bytes: SectionBytes): number | null {
  // The upper half of a length is always 0.
  const low = { from: side.length.from, to: side.length.from + 4 };
  const isOver = laterThan(side, order).some(({ length, slot }) => overlaps(length, low) || overlaps(slot, low));
  const value = bytes.u32(low.from);
  return isOver || isFlagOf(order, pair, low, value) ? null : value;
}

/** What of `range`, a part of a side's slot, is still as that side left it. */
export function visible(side: Writes, order: Order, range: Range): Range[] {
  const flags = order.filter((one) => one !== side).map(({ flagAt }) => ({ from: flagAt, to: flagAt + 4 }));
  const holes = [...laterThan(side, order).flatMap(({ slot, length }) => [slot, length]), ...flags];
  return holes.reduce<Range[]>(without, [range]);
}

const laterThan = (side: Writes, order: Order) => order.slice(order.indexOf(side) + 1);

const foreignWord = ({ from, to }: Range, bytes: SectionBytes): Reason => ({
  text: `Offset ${from} holds ${count(bytes.u32(from))}, which neither would have left there.`,
  from,
  to,
});

export const rangeWords = ({ from, to }: Range) =>
  to - from === 1 ? `byte ${count(from)}` : `bytes ${count(from)} to ${count(to - 1)}`;
