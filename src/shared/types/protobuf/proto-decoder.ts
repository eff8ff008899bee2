import { type Decoded, type Decoder, digestOf, exact, type FieldValue, type KnownField } from '../decoder.ts';
import { hexOf } from '../hex-of.ts';
import { LIMITS } from '../limits.ts';
import type { ProtoField, ProtoSchema } from './schema.ts';
import { WIRE, type Wire, WireFault, type WireField, WireReader } from './wire.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The form that each scalar has; anything else is a message or an enum. */
const SCALARS: Readonly<Record<string, Wire>> = {
  ...{ int32: WIRE.varint, int64: WIRE.varint, uint32: WIRE.varint, uint64: WIRE.varint, bool: WIRE.varint },
  ...{ sint32: WIRE.varint, sint64: WIRE.varint, fixed32: WIRE.fixed32, sfixed32: WIRE.fixed32, float: WIRE.fixed32 },
  ...{ fixed64: WIRE.fixed64, sfixed64: WIRE.fixed64, double: WIRE.fixed64, string: WIRE.bytes, bytes: WIRE.bytes },
};

/** Reads a payload as a Protobuf message. Undeclared fields are shown by their number. */
export class ProtoDecoder implements Decoder {
  readonly id: string;
  readonly version: string;
  readonly fields: readonly KnownField[];
  readonly schema: ProtoSchema;
  /** Its full name. */
  readonly message: string;

  /** @param message its full name; the schema must have it */
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
    return this.#fields(name, new WireReader(this.#bytes, from, to), depth);
  }

  /** Of a message, or up to the end of the group with this number. What can't be read ends them. */
  #fields(message: string | undefined, reader: WireReader, depth: number, group?: number): FieldValue[] {
    const declared = message === undefined ? undefined : this.#schema.messages.get(message)?.fields;
    const found = new Map<string, { readonly field: ProtoField | undefined; readonly values: FieldValue[] }>();
    try {
      while (this.#left > 0 && !this.#ends(reader, group)) {
        const wire = reader.field();
        if (wire.wire === WIRE.endGroup) {
          if (wire.number === group) break;
          throw new WireFault(`A group of field ${wire.number} ends that did not begin`);
        }
        const field = declared?.get(wire.number);
        const key = field?.name ?? `#${wire.number}`;
        const values: FieldValue[] = found.get(key)?.values ?? [];
        if (values.length === 0) found.set(key, { field, values });
        if (wire.wire === WIRE.startGroup) values.push(this.#group(field, wire, reader, key, depth));
        else this.#addValues(values, field, wire, key, depth);
      }
    } catch (error) {
      if (!(error instanceof WireFault)) throw error;
      this.#fault ??= `${error.message}: ${reader.at} of ${this.#bytes.length} bytes were read.`;
      // Where a group ends is unknown then, as is what follows it.
      reader.at = this.#bytes.length;
    }
    if (this.#left <= 0) this.#fault ??= `Only the first ${LIMITS.values.toLocaleString('en')} values are shown.`;
    return [...found].map(([key, { field, values }]) => asOne(key, field, values));
  }

  #ends(reader: WireReader, group: number | undefined): boolean {
    if (reader.isDone && group !== undefined) throw new WireFault(`The group of field ${group} has no end`);
    return reader.isDone;
  }

  /** Protobuf's former kind of messages: between two marks instead of after a length. */
  #group(field: ProtoField | undefined, wire: WireField, reader: WireReader, name: string, depth: number): FieldValue {
    if (depth >= LIMITS.depth) throw new WireFault(`More than ${LIMITS.depth} levels deep`);
    this.#left--;
    const isKnown = field !== undefined && this.#schema.messages.has(field.type) && field.key === undefined;
    const fields = this.#fields(isKnown ? field.type : undefined, reader, depth + 1, wire.number);
    const place = { name, offset: wire.start, size: Math.min(reader.at, this.#bytes.length) - wire.start };
    const fault = field && !isKnown ? { fault: otherForm(field.type) } : {};
    return { ...place, type: isKnown ? field.type : '?', fields, ...fault };
  }

  /** Several values of a packed field; those before its end if it is truncated. */
  #addValues(values: FieldValue[], field: ProtoField | undefined, wire: WireField, name: string, depth: number): void {
    this.#left--;
    const form = field && this.#formOf(field.type);
    if (!field) values.push(this.#unknown(wire, name));
    else if (field.key !== undefined) values.push(this.#entry(field, wire, depth));
    else if (form === wire.wire) values.push(this.#value(field.type, wire, name, depth));
    else if (field.repeated && wire.wire === WIRE.bytes && form !== undefined && form !== WIRE.bytes)
      this.#addPacked(values, field, form, wire, name);
    else values.push({ ...this.#unknown(wire, name), fault: otherForm(field.type) });
  }

  #formOf(type: string): Wire {
    return SCALARS[type] ?? (this.#schema.enums.has(type) ? WIRE.varint : WIRE.bytes);
  }

  #addPacked(values: FieldValue[], { type }: ProtoField, form: Wire, { from, to }: WireField, name: string): void {
    const reader = new WireReader(this.#bytes, from, to);
    const width = form === WIRE.fixed64 ? 8 : 4;
    while (!reader.isDone && this.#left-- > 0) {
      const start = reader.at;
      const varint = form === WIRE.varint ? reader.varint() : 0n;
      if (form !== WIRE.varint) reader.at += width;
      if (reader.at > to) throw new WireFault('A packed value has no end');
      values.push(this.#value(type, { number: 0, wire: form, start, from: start, to: reader.at, varint }, name, 0));
    }
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
        return { value: Number(unfolded(BigInt.asUintN(32, varint))) };
      case 'sint64':
        return { value: exact(unfolded(varint)) };
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

  /** What is missing in an entry of a map has its default value. */
  #entry(field: ProtoField, wire: WireField, depth: number): FieldValue {
    const { key = '', type } = field;
    if (wire.wire !== WIRE.bytes) return { ...this.#unknown(wire, '?'), fault: otherForm(`map<${key}, ${type}>`) };
    let name: FieldValue = this.#absent(key);
    let value: FieldValue = this.#absent(type);
    const reader = new WireReader(this.#bytes, wire.from, wire.to);
    while (!reader.isDone) {
      const part = reader.field();
      if (part.number === 1) name = this.#part(key, part, depth);
      else if (part.number === 2) value = this.#part(type, part, depth + 1);
    }
    const fault = name.fault ?? value.fault;
    const place = { offset: wire.start, size: wire.to - wire.start };
    return { ...value, ...place, name: String(name.value), ...(fault !== undefined && { fault }) };
  }

  #part(type: string, wire: WireField, depth: number): FieldValue {
    if (wire.wire === this.#formOf(type)) return this.#value(type, wire, '', depth);
    return { ...this.#unknown(wire, ''), fault: otherForm(type) };
  }

  #absent(type: string): FieldValue {
    const names = this.#schema.enums.get(type);
    if (names) {
      const text = names.get(0);
      return { name: '', type: `enum ${type}`, value: 0, ...(text !== undefined && { text }) };
    }
    if (SCALARS[type] === undefined) return { name: '', type, fields: [] };
    if (type === 'string' || type === 'bytes')
      return { name: '', type, value: '', ...(type === 'bytes' && { hex: true }) };
    return { name: '', type, value: type === 'bool' ? false : 0 };
  }

  #unknown({ wire, start, from, to, varint }: WireField, name: string): FieldValue {
    const value = wire === WIRE.varint ? exact(varint) : hexOf(this.#bytes.subarray(from, to));
    return { name, type: '?', offset: start, size: to - start, value };
  }
}

const otherForm = (type: string) => `It was sent in another form than ${type} has.`;

/** A number whose sign is its lowest bit. */
const unfolded = (value: bigint): bigint => (value >> 1n) ^ -(value & 1n);

/**
 * A field that came once, a list of repeated ones, or a map. Of a field that came again the last counts, and messages
 * are merged, as everywhere.
 */
function asOne(name: string, field: ProtoField | undefined, values: readonly FieldValue[]): FieldValue {
  if (field?.key !== undefined) return { name, type: `map<${field.key}, ${field.type}>`, fields: values };
  const repeated = field ? field.repeated : values.length > 1;
  if (!repeated) return values.reduce(merged, values[0] ?? { name, type: field?.type ?? '?' });
  const fields = values.map((value, index) => ({ ...value, name: `[${index}]` }));
  return { name, type: field?.type ?? '?', list: true, fields };
}

function merged(before: FieldValue, later: FieldValue): FieldValue {
  if (before === later || !before.fields || !later.fields) return later;
  const fields = new Map(before.fields.map((field) => [field.name, field]));
  for (const field of later.fields) {
    const known = fields.get(field.name);
    fields.set(field.name, known ? (field.list ? joined(known, field) : merged(known, field)) : field);
  }
  return { ...later, fields: [...fields.values()] };
}

function joined(before: FieldValue, later: FieldValue): FieldValue {
  const all = [...(before.fields ?? []), ...(later.fields ?? [])];
  return { ...later, fields: all.map((field, index) => ({ ...field, name: `[${index}]` })) };
}

function knownIn(schema: ProtoSchema, message: string, prefix: string, depth: number): KnownField[] {
  // Messages may contain themselves.
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
