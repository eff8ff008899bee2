import { exact, type FieldValue } from '../decoder.ts';
import type { ProtoField, ProtoSchema } from './schema.ts';
import { WIRE } from './wire.ts';

/** A value that was found; null: there is none; undefined: only decoding the whole message tells. */
export type Found = Pick<FieldValue, 'type' | 'value' | 'text'> | null | undefined;

/** Reads the scalar from `from` to below `to`; `number`: of a varint. */
type ReadScalar = (view: DataView, from: number, number: number) => Found;

interface Step {
  readonly number: number;
  readonly wire: number;
}

/** A key or a length with more bits is left to the decoder, as is a negative number. */
const MAX_VARINT_BYTES = 7;
/** Of a field. */
const MAX_NUMBER = 0x1fffffff;

/**
 * Finds one field of a message without decoding the others: a scalar, possibly in nested messages, none of them
 * repeated. Undefined for any other path.
 */
export function protoPlace(
  schema: ProtoSchema,
  message: string,
  path: readonly string[],
): ((view: DataView, start: number, end: number) => Found) | undefined {
  const steps: Step[] = [];
  let type = message;
  let last: ProtoField | undefined;
  for (const name of path) {
    const declared = [...(schema.messages.get(type)?.fields ?? [])].filter(([, field]) => field.name === name);
    const [[number, field] = [0, undefined]] = declared;
    if (declared.length !== 1 || !field || field.repeated || field.key !== undefined) return undefined;
    steps.push({ number, wire: WIRE.bytes });
    type = field.type;
    last = field;
  }
  const scalar = last && scalarOf(schema, last.type);
  const end = steps.pop();
  if (!scalar || !end) return undefined;
  steps.push({ number: end.number, wire: scalar.wire });
  const place = new Place();
  return (view, from, to) => {
    place.from = from;
    place.to = to;
    for (const step of steps) {
      const found = place.enter(view, step);
      if (!found) return found === false ? null : undefined;
    }
    return scalar.read(view, place.from, place.number);
  };
}

/** A range of a message. */
class Place {
  from = 0;
  to = 0;
  /** The last varint that was read. */
  number = 0;
  #at = 0;

  /**
   * Goes to the last field with this number, as everywhere; false if there is none, undefined if it has another form or
   * something can't be read.
   */
  enter(view: DataView, { number, wire }: Step): boolean | undefined {
    const end = this.to;
    let [from, to, value] = [-1, 0, 0];
    for (this.#at = this.from; this.#at < end; ) {
      if (!this.#varint(view, end)) return undefined;
      const key = this.number;
      const form = key & 7;
      let start = this.#at;
      if (form === WIRE.varint) {
        if (!this.#varint(view, end)) return undefined;
      } else if (form === WIRE.fixed64) this.#at += 8;
      else if (form === WIRE.fixed32) this.#at += 4;
      else if (form === WIRE.bytes) {
        if (!this.#varint(view, end)) return undefined;
        start = this.#at;
        this.#at += this.number;
      } else return undefined;
      if (this.#at > end) return undefined;
      const field = Math.floor(key / 8);
      if (field === 0 || field > MAX_NUMBER) return undefined;
      if (field !== number) continue;
      // A repeated message is merged.
      if (form !== wire || (wire === WIRE.bytes && from >= 0)) return undefined;
      [from, to, value] = [start, this.#at, this.number];
    }
    if (from < 0) return false;
    this.from = from;
    this.to = to;
    this.number = value;
    return true;
  }

  #varint(view: DataView, end: number): boolean {
    let [value, scale] = [0, 1];
    for (let bytes = 0; bytes < MAX_VARINT_BYTES && this.#at < end; bytes++) {
      const byte = view.getUint8(this.#at++);
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        this.number = value;
        return true;
      }
      scale *= 128;
    }
    return false;
  }
}

/** Undefined for a text, bytes or a message: those are left to the decoder. */
function scalarOf(
  { enums }: ProtoSchema,
  type: string,
): { readonly wire: number; readonly read: ReadScalar } | undefined {
  const names = enums.get(type);
  if (names) {
    const read: ReadScalar = (_view, _from, number) => {
      const value = number | 0;
      const text = names.get(value);
      return number > 0x7fffffff ? undefined : { type: `enum ${type}`, value, ...(text !== undefined && { text }) };
    };
    return { wire: WIRE.varint, read };
  }
  switch (type) {
    case 'bool':
      return { wire: WIRE.varint, read: (_view, _from, number) => ({ type, value: number !== 0 }) };
    case 'int32':
    case 'uint32':
      return {
        wire: WIRE.varint,
        read: (_view, _from, number) => (number > 0x7fffffff ? undefined : { type, value: number }),
      };
    case 'int64':
    case 'uint64':
      return { wire: WIRE.varint, read: (_view, _from, number) => ({ type, value: number }) };
    case 'fixed32':
      return { wire: WIRE.fixed32, read: (view, from) => ({ type, value: view.getUint32(from, true) }) };
    case 'sfixed32':
      return { wire: WIRE.fixed32, read: (view, from) => ({ type, value: view.getInt32(from, true) }) };
    case 'float':
      return { wire: WIRE.fixed32, read: (view, from) => ({ type, value: view.getFloat32(from, true) }) };
    case 'fixed64':
      return { wire: WIRE.fixed64, read: (view, from) => ({ type, value: exact(view.getBigUint64(from, true)) }) };
    case 'sfixed64':
      return { wire: WIRE.fixed64, read: (view, from) => ({ type, value: exact(view.getBigInt64(from, true)) }) };
    case 'double':
      return { wire: WIRE.fixed64, read: (view, from) => ({ type, value: view.getFloat64(from, true) }) };
    default:
      return undefined;
  }
}
