import type { Condition } from './condition.ts';

/** Whether the condition holds for a payload in `view` from `start` to below `end`. */
export type PlaceTest = (view: DataView, start: number, end: number) => boolean;

/** A condition over the size and over integers of up to 32 bits, without decoding; undefined for any other. */
export function fastCondition(condition: Condition): PlaceTest | undefined {
  switch (condition.kind) {
    case 'not': {
      const of = fastCondition(condition.of);
      return of && ((view, start, end) => !of(view, start, end));
    }
    case 'and':
    case 'or': {
      const parts = condition.parts.map(fastCondition).filter((part) => part !== undefined);
      if (parts.length < condition.parts.length) return undefined;
      return condition.kind === 'and'
        ? (view, start, end) => parts.every((part) => part(view, start, end))
        : (view, start, end) => parts.some((part) => part(view, start, end));
    }
    case 'compare':
      return comparison(condition);
  }
}

function comparison({ left, operator, right }: Extract<Condition, { kind: 'compare' }>): PlaceTest | undefined {
  if (typeof right === 'string' || left.kind === 'field') return undefined;
  const wanted = Number(right);
  if (!Number.isSafeInteger(wanted)) return undefined;
  const holds = {
    '==': (value: number) => value === wanted,
    '!=': (value: number) => value !== wanted,
    '<': (value: number) => value < wanted,
    '<=': (value: number) => value <= wanted,
    '>': (value: number) => value > wanted,
    '>=': (value: number) => value >= wanted,
  }[operator];
  if (left.kind === 'size') return (_, start, end) => holds(end - start);
  const { at, size, signed, bigEndian } = left;
  const read = READ[`${signed ? 'i' : 'u'}${size * 8}`];
  return read && ((view, start, end) => start + at + size <= end && holds(read(view, start + at, !bigEndian)));
}

const READ: Readonly<Record<string, (view: DataView, at: number, little: boolean) => number>> = {
  u8: (view, at) => view.getUint8(at),
  i8: (view, at) => view.getInt8(at),
  u16: (view, at, little) => view.getUint16(at, little),
  i16: (view, at, little) => view.getInt16(at, little),
  u32: (view, at, little) => view.getUint32(at, little),
  i32: (view, at, little) => view.getInt32(at, little),
};
