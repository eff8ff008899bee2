import type { Lane } from '../../shared/domain.ts';
import type { PlottedField } from '../../shared/field-plot.ts';
import { pathParts } from '../../shared/types/bindings/condition.ts';
import type { OpenTypes } from '../../shared/types/compiled/open.ts';
import type { Decoder, FieldValue } from '../../shared/types/decoder.ts';
import { fieldAtPath, withoutIndexes } from '../../shared/types/paths.ts';
import { readBits, readScalar } from '../../shared/types/struct/scalar.ts';
import { StructDecoder } from '../../shared/types/struct/struct-decoder.ts';
import { type Place, placeOf } from './field-place.ts';

/** A value that can be drawn: a number, or the name of a state, with its number if it has one. */
export interface DrawnValue {
  readonly number: number | null;
  readonly state: string | null;
}

type Read = Pick<FieldValue, 'value' | 'text'>;

/** A field as one decoder has it. */
interface Sought {
  /** Its fixed position; undefined if only the payload tells. */
  readonly place: Place | undefined;
  readonly isEnum: boolean;
}

/** Reads fields of the messages of one section, each as the type that is bound to it. */
export class FieldValues {
  readonly #types: OpenTypes;
  readonly #section: string;
  readonly #fields: readonly PlottedField[];
  readonly #sought = new Map<Decoder, readonly Sought[]>();

  constructor(types: OpenTypes, section: string, fields: readonly PlottedField[]) {
    this.#types = types;
    this.#section = section;
    this.#fields = fields;
  }

  /** Calls `take` with each requested field that the message has, by its index in the request. */
  read(lane: Lane | null, bytes: Uint8Array, take: (field: number, value: DrawnValue) => void): void {
    const isOf = (field: PlottedField) => field.lane === null || field.lane === lane;
    const match = this.#fields.some(isOf) ? this.#types.match(this.#section, lane, bytes) : undefined;
    if (!match) return;
    const { decoder } = match;
    const sought = this.#soughtIn(decoder);
    let decoded: readonly FieldValue[] | undefined;
    for (const [i, field] of this.#fields.entries()) {
      const { place, isEnum } = sought[i] as Sought;
      if (!isOf(field)) continue;
      if (!place) decoded ??= decoder.decode(bytes).fields;
      const value = drawn(place ? readAt(place, bytes) : valueAt(decoded ?? [], field.path), isEnum);
      if (value) take(i, value);
    }
  }

  #soughtIn(decoder: Decoder): readonly Sought[] {
    const known = this.#sought.get(decoder);
    if (known) return known;
    const sought = this.#fields.map(({ path }) => ({
      place: decoder instanceof StructDecoder ? placeOf(decoder.plan, pathParts(path)) : undefined,
      isEnum: decoder.fields.find((field) => field.path === withoutIndexes(path))?.form === 'enum',
    }));
    this.#sought.set(decoder, sought);
    return sought;
  }
}

/** Undefined if the payload is too short for it. */
function readAt({ plan, offset, bit, needs }: Place, bytes: Uint8Array): Read | undefined {
  if (offset + needs > bytes.byteLength) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return bit ? readBits(plan, view, offset, bit.offset, bit.width) : readScalar(plan, view, offset);
}

/** For a list, its first element. */
function valueAt(fields: readonly FieldValue[], path: string): Read | undefined {
  const field = fieldAtPath(fields, path);
  return field?.list ? field.fields?.[0] : field;
}

/** Undefined for what is neither a number nor a state, such as a group, and for infinities and NaN. */
function drawn(read: Read | undefined, isEnum: boolean): DrawnValue | undefined {
  const { value, text } = read ?? {};
  if (typeof value === 'boolean') return { number: Number(value), state: String(value) };
  if (typeof value === 'string') return { number: null, state: value };
  if (typeof value !== 'number' && typeof value !== 'bigint') return undefined;
  const number = Number(value);
  if (!Number.isFinite(number)) return undefined;
  return { number, state: isEnum ? (text ?? String(value)) : null };
}
