import { FLAG, type Role } from '../../../shared/domain.ts';
import type { Reason } from '../../../shared/lens.ts';
import type { SectionBytes } from '../section-bytes.ts';
import { bytesOf } from '../words.ts';
import { lengthOf, type Order, rangeWords, visible } from './fit.ts';
import type { Pair, Writes } from './writes.ts';

/** A message that begins with this many NULs was more likely read from the wrong place than sent that way. */
const STRANGE_NULS = 4;

/** A side's last message according to its layout. */
export interface SeenMessage {
  readonly role: Role;
  /** It would consist of NULs, or begin with many. */
  readonly isOdd: boolean;
  /** Its length is known too. */
  readonly isWhole: boolean;
  readonly what: Reason;
}

/** What can be seen of both last messages, in the order that makes the fewest of them odd. */
export function messagesOf(pair: Pair, orders: readonly Order[], bytes: SectionBytes): readonly SeenMessage[] {
  const readings = orders.map((order) => order.flatMap((side) => seenOf(side, order, pair, bytes) ?? []));
  return readings.reduce((best, one) => (oddOnes(one) < oddOnes(best) ? one : best), readings[0] ?? []);
}
export const oddOnes = (messages: readonly SeenMessage[]): number => messages.filter(({ isOdd }) => isOdd).length;

/** null if nothing of it can be seen: it was empty, or overwritten. */
function seenOf(side: Writes, order: Order, pair: Pair, bytes: SectionBytes): SeenMessage | null {
  const { role, layout, slot, flagAt } = side;
  const seen = (text: string, range: { from: number; to: number }, is: Partial<SeenMessage> = {}): SeenMessage => {
    return { role, isOdd: false, isWhole: false, what: { text, from: range.from, to: range.to }, ...is };
  };
  if (pair.isLost(side)) {
    const flag = bytes.u32(flagAt);
    if (flag !== FLAG.sent && flag !== FLAG.exit) return null;
    return seen(`Offset ${flagAt} holds ${flag}: the ${role}'s flag, as in ${layout}.`, {
      from: flagAt,
      to: flagAt + 4,
    });
  }
  const length = lengthOf(side, order, pair, bytes);
  if (length === 0) return null;
  const [begin] = visible(side, order, { from: slot.from, to: length === null ? slot.to : slot.from + length });
  if (!begin) return null;
  const used = bytes.used(begin.from, begin.to);
  if (!used) {
    if (length === null || begin.to - begin.from < length) return null;
    return seen(`Read as ${layout}, the ${role}'s message has ${bytesOf(length)}, and all are NUL.`, begin, ODD);
  }
  const nuls = used.from - begin.from;
  if (nuls >= STRANGE_NULS) {
    const range = { from: begin.from, to: used.from };
    return seen(`Read as ${layout}, the ${role}'s message begins with ${nuls} NULs.`, range, ODD);
  }
  if (length === null) return seen(`The ${role}'s message is in ${rangeWords(used)}, as in ${layout}.`, used);
  const text = `The ${role}'s message has ${bytesOf(length)} and is in ${rangeWords(begin)}, as in ${layout}.`;
  return seen(text, begin, { isWhole: true });
}
const ODD = { isOdd: true };
