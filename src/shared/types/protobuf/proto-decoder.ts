import { type Decoded, type Decoder, digestOf, exact, type FieldValue, type KnownField } from '../decoder.ts';
import { hexOf } from '../hex-of.ts';
import { LIMITS } from '../limits.ts';
import type { ProtoField, ProtoSchema } from './schema.ts';
import { WIRE, type Wire, WireFault, type WireField, WireReader } from './wire.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The form that each scalar has; what is none is a message or an enum. */
const SCALARS: Readonly<Record<string, Wire>> = {
  ...{ int32: WIRE.varint, int64: WIRE.varint, uint32: WIRE.varint, uint64: WIRE.varint, bool: WIRE.varint },
  ...{ sint32: WIRE.varint, sint64: WIRE.varint, fixed32: WIRE.fixed32, sfixed32: WIRE.fixed32, float: WIRE.fixed32 },
  ...{ fixed64: WIRE.fixed64, sfixed64: WIRE.fixed64, double: WIRE.fixed64, string: WIRE.bytes, bytes: WIRE.bytes },
};

/** Reads a payload as a message of Protobuf. Fields that were not declared are shown by their number. */
export class ProtoDecoder implements Decoder {
  readonly id: string;
  readonly version: string;
  readonly fields: readonly KnownField[];
  readonly schema: ProtoSchema;
  /** Its full name. */
  readonly message: string;

  /** @param message its full name; the schema has to have it */
  constructor(schema: ProtoSchema, message: string) {
    this.schema = schema;
    this.message = message;
    this.id = `${message}@protobuf`;
    this.version = digestOf(printed(schema));
    this.fields = knownIn(schema, message, '', 0);
  }

  decode(bytes: Uint8Array): Decoded {
    return new Reading(this.schema, bytes).all(this.message);
  }
}

/** One payload being read. */
class Reading {
  readonly #schema: ProtoSchema;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #left: number = LIMITS.values;
  #fault: string | undefined;

  constructor(schema: ProtoSchema, bytes: Uint8Array) {
    this.#schema = schema;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  all(message: string): Decoded {
    const fields = this.#message(message, 0, this.#bytes.length, 0);
    return { fields, size: this.#bytes.length, ...(this.#fault !== undefined && { fault: this.#fault }) };
  }

  #message(name: string, from: number, to: number, depth: number): FieldValue[] {
    const declared = this.#schema.messages.get(name)?.fields;
    const found = new Map<string, FieldValue[]>();
    const order: { readonly name: string; readonly field: ProtoField | undefined }[] = [];
    const reader = new WireReader(this.#bytes, from, to);
    try {
      for (let groups = 0; !reader.isDone && this.#left > 0; ) {
        const wire = reader.field();
        if (wire.wire === WIRE.startGroup) groups++;
        else if (wire.wire === WIRE.endGroup && --groups < 0) throw new WireFault('A group ends that did not begin');
        if (groups > 0 || wire.wire === WIRE.endGroup) continue;
        const field = declared?.get(wire.number);
        const key = field?.name ?? `#${wire.number}`;
        if (!found.has(key)) order.push({ name: key, field });
        const values = found.get(key) ?? [];
        values.push(...this.#values(field, wire, key, depth));
        found.set(key, values);
      }
    } catch (error) {
      if (!(error instanceof WireFault)) throw error;
      this.#fault ??= `${error.message}: ${reader.at} of ${this.#bytes.length} bytes were read.`;
    }
    if (this.#left <= 0) this.#fault ??= `Only the first ${LIMITS.values.toLocaleString('en')} values are shown.`;
    return order.map(({ name: key, field }) => asOne(key, field, found.get(key) ?? []));
  }

  /** Several of a packed field. */
  #values(field: ProtoField | undefined, wire: WireField, name: string, depth: number): FieldValue[] {
    this.#left--;
    if (!field) return [this.#unknown(wire, name)];
    if (field.key !== undefined) return [this.#entry(field, wire, depth)];
    const form = this.#formOf(field.type);
    if (form === wire.wire) return [this.#value(field.type, wire, name, depth)];
    if (field.repeated && wire.wire === WIRE.bytes && form !== WIRE.bytes) return this.#packed(field, form, wire, name);
    return [{ ...this.#unknown(wire, name), fault: `It was sent in another form than ${field.type} has.` }];
  }

  #formOf(type: string): Wire {
    return SCALARS[type] ?? (this.#schema.enums.has(type) ? WIRE.varint : WIRE.bytes);
  }

  #packed({ type }: ProtoField, form: Wire, { from, to }: WireField, name: string): FieldValue[] {
    const reader = new WireReader(this.#bytes, from, to);
    const width = form === WIRE.fixed64 ? 8 : 4;
    const values: FieldValue[] = [];
    while (!reader.isDone && this.#left-- > 0) {
      const start = reader.at;
      const varint = form === WIRE.varint ? reader.varint() : 0n;
      if (form !== WIRE.varint) reader.at += width;
      if (reader.at > to) throw new WireFault('A packed value has no end');
      values.push(this.#value(type, { number: 0, wire: form, start, from: start, to: reader.at, varint }, name, 0));
    }
    return values;
  }

  #value(type: string, wire: WireField, name: string, depth: number): FieldValue {
    const { start, from, to } = wire;
    const place = { name, type, offset: start, size: to - start };
    const names = this.#schema.enums.get(type);
    if (names) {
      const value = Number(BigInt.asIntN(32, wire.varint));
      const text = names.get(value);
      return { ...place, type: `enum ${type}`, value, ...(text !== undefined && { text }) };
    }
    if (SCALARS[type] !== undefined) return { ...place, ...this.#scalar(type, wire) };
    if (depth >= LIMITS.depth) return { ...place, fault: `More than ${LIMITS.depth} levels deep.` };
    return { ...place, fields: this.#message(type, from, to, depth + 1) };
  }

  #scalar(type: string, { from, to, varint }: WireField): Pick<FieldValue, 'value' | 'hex' | 'fault'> {
    switch (type) {
      case 'bool':
        return { value: varint !== 0n };
      case 'int32':
        return { value: Number(BigInt.asIntN(32, varint)) };
      case 'uint32':
        return { value: Number(BigInt.asUintN(32, varint)) };
      case 'int64':
        return { value: exact(BigInt.asIntN(64, varint)) };
      case 'uint64':
        return { value: exact(varint) };
      case 'sint32':
      case 'sint64':
        return { value: exact((varint >> 1n) ^ -(varint & 1n)) };
      case 'fixed32':
        return { value: this.#view.getUint32(from, true) };
      case 'sfixed32':
        return { value: this.#view.getInt32(from, true) };
      case 'float':
        return { value: this.#view.getFloat32(from, true) };
      case 'fixed64':
        return { value: exact(this.#view.getBigUint64(from, true)) };
      case 'sfixed64':
        return { value: exact(this.#view.getBigInt64(from, true)) };
      case 'double':
        return { value: this.#view.getFloat64(from, true) };
      case 'string':
        return this.#text(from, to);
      default:
        return { value: hexOf(this.#bytes.subarray(from, to)), hex: true };
    }
  }

  #text(from: number, to: number): Pick<FieldValue, 'value' | 'hex' | 'fault'> {
    const bytes = this.#bytes.subarray(from, to);
    try {
      return { value: UTF8.decode(bytes) };
    } catch {
      return { value: hexOf(bytes), hex: true, fault: 'This is not UTF-8; the bytes are shown.' };
    }
  }

  #entry({ key = '', type }: ProtoField, wire: WireField, depth: number): FieldValue {
    if (wire.wire !== WIRE.bytes) return this.#unknown(wire, '?');
    let [name, value] = [undefined, undefined] as [FieldValue | undefined, FieldValue | undefined];
    const reader = new WireReader(this.#bytes, wire.from, wire.to);
    while (!reader.isDone) {
      const part = reader.field();
      if (part.number === 1 && part.wire === this.#formOf(key)) name = this.#value(key, part, '', depth);
      if (part.number === 2 && part.wire === this.#formOf(type)) value = this.#value(type, part, '', depth + 1);
    }
    const place = { offset: wire.start, size: wire.to - wire.start };
    return { ...(value ?? { type }), ...place, name: String(name?.value ?? '') };
  }

  #unknown({ wire, start, from, to, varint }: WireField, name: string): FieldValue {
    const value = wire === WIRE.varint ? exact(varint) : hexOf(this.#bytes.subarray(from, to));
    return { name, type: '?', offset: start, size: to - start, value };
  }
}

/** A field that came once, a list of those that may come again, or a map. The last one counts, as everywhere. */
function asOne(name: string, field: ProtoField | undefined, values: readonly FieldValue[]): FieldValue {
  if (field?.key !== undefined) return { name, type: `map<${field.key}, ${field.type}>`, fields: values };
  const repeated = field ? field.repeated : values.length > 1;
  if (!repeated) return values.at(-1) ?? { name, type: field?.type ?? '?' };
  const fields = values.map((value, index) => ({ ...value, name: `[${index}]` }));
  return { name, type: field?.type ?? '?', list: true, fields };
}

function knownIn(schema: ProtoSchema, message: string, prefix: string, depth: number): KnownField[] {
  // Messages may hold themselves.
  if (depth > 4) return [];
  return [...(schema.messages.get(message)?.fields.values() ?? [])].flatMap(({ name, type, key }) => [
    { path: prefix + name, type, ...formOf(schema, type, key !== undefined) },
    ...(key === undefined ? knownIn(schema, type, `${prefix}${name}.`, depth + 1) : []),
  ]);
}

function formOf({ enums, messages }: ProtoSchema, type: string, isMap: boolean): Pick<KnownField, 'form' | 'names'> {
  const names = enums.get(type);
  if (names) return { form: 'enum', names: [...names.values()] };
  // The keys of a map are the payload's.
  if (isMap) return {};
  if (messages.has(type)) return { form: 'group' };
  if (type === 'bool') return { form: 'bool' };
  return { form: type === 'string' || type === 'bytes' ? 'text' : 'number' };
}

const printed = (schema: ProtoSchema): string =>
  JSON.stringify(schema, (_, value) => (value instanceof Map ? [...value] : value));
