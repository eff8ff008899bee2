import type { Lane } from '../../domain.ts';
import { ABI_IDS, ABIS, type AbiId } from '../abi.ts';
import type { BindingRule } from '../bindings/bindings.ts';
import { type BoundRule, boundTo } from '../bindings/bound.ts';
import { parseCondition } from '../bindings/condition.ts';
import type { Decoder } from '../decoder.ts';
import { Fit } from '../fit.ts';
import { Layouts } from '../layout/layouts.ts';
import { TypeFault } from '../limits.ts';
import { entryNamed } from '../listing.ts';
import type { DeclaredType } from '../model.ts';
import { ProtoDecoder } from '../protobuf/proto-decoder.ts';
import type { ProtoSchema } from '../protobuf/schema.ts';
import { SELF_DESCRIBING } from '../self-describing/forms.ts';
import { StructDecoder } from '../struct/struct-decoder.ts';
import { type PayloadVerdict, payloadVerdict } from '../verdict.ts';
import type { CompiledBinding, CompiledLibrary, CompiledProto, CompiledType, CompiledTypes } from './compiled.ts';

/** How a message is read. */
export interface TypeMatch {
  readonly binding: CompiledBinding;
  readonly decoder: Decoder;
  /** Whether the message was built for another ABI; undefined: it fits, or nothing can be said. */
  readonly verdict: (bytes: Uint8Array) => PayloadVerdict | undefined;
}

/** A type that can be chosen: a key or a full name, and how it is read. */
export interface TypeReader extends Omit<TypeMatch, 'binding'> {
  /** None if the payload itself or a `.proto` file describes it. */
  readonly struct?: { readonly layouts: Layouts; readonly fit: Fit };
}

interface OpenBinding extends TypeMatch, BoundRule {}

const opened = new WeakMap<CompiledTypes, OpenTypes>();

/** The same object for the same data, so that decoders are created once. */
export function openTypes(compiled: CompiledTypes): OpenTypes {
  const known = opened.get(compiled);
  if (known) return known;
  const types = new OpenTypes(compiled);
  opened.set(compiled, types);
  return types;
}

/** Declared types, ready to read messages. Decoders are created on demand. */
export class OpenTypes {
  readonly compiled: CompiledTypes;
  readonly #layouts = new Map<AbiId, Layouts>();
  readonly #readers = new Map<string, TypeReader | undefined>();
  #bindings: readonly OpenBinding[] | undefined;
  #proto: ProtoSchema | undefined;

  constructor(compiled: CompiledTypes) {
    this.compiled = compiled;
  }

  /**
   * Which type a message of `size` bytes has that begins with `bytes`: by the first binding that matches. Undefined: no
   * known type.
   */
  match(channel: string | undefined, lane: Lane | null, bytes: Uint8Array, size = bytes.length): TypeMatch | undefined {
    return boundTo(this.bindings, { channel, lane, bytes, size });
  }

  get bindings(): readonly OpenBinding[] {
    this.#bindings ??= this.compiled.bindings.flatMap((binding) => this.#openBinding(binding) ?? []);
    return this.#bindings;
  }

  /** The types of C and Rust as an ABI lays them out, for `entriesOf` and `diff`; undefined if there are none. */
  layouts(abi: AbiId): Layouts | undefined {
    const known = this.#layouts.get(abi);
    if (known) return known;
    const library = this.compiled.libraries.find((one) => one.abi === abi);
    if (!library) return undefined;
    const layouts = new Layouts({ abi, types: typesOf(library) });
    this.#layouts.set(abi, layouts);
    return layouts;
  }

  get proto(): ProtoSchema | undefined {
    const { proto } = this.compiled;
    this.#proto ??= proto ? schemaOf(proto) : undefined;
    return this.#proto;
  }

  /** How a type with this name is read; undefined if there is none, or it has no layout. */
  reader(type: string, abi: AbiId): TypeReader | undefined {
    const key = `${abi} ${type}`;
    if (!this.#readers.has(key)) this.#readers.set(key, this.#read(type, abi));
    return this.#readers.get(key);
  }

  #read(type: string, abi: AbiId): TypeReader | undefined {
    return this.#struct(type, abi) ?? this.#message(type) ?? selfDescribing(type);
  }

  #struct(type: string, abi: AbiId): TypeReader | undefined {
    const own = this.#fit(type, abi);
    if (!own) return undefined;
    let others: readonly Fit[] | undefined;
    return {
      decoder: new StructDecoder(own.layouts, own.ref),
      struct: own,
      verdict: (bytes) => {
        others ??= othersOf(abi).flatMap((other) => this.#fit(type, other)?.fit ?? []);
        return payloadVerdict(bytes, own.fit, others);
      },
    };
  }

  #fit(type: string, abi: AbiId) {
    const layouts = this.layouts(abi);
    try {
      const entry = layouts && entryNamed(layouts, type);
      return entry && { layouts, ref: entry.ref, fit: new Fit(layouts, entry.ref) };
    } catch (error) {
      if (error instanceof TypeFault) return undefined;
      throw error;
    }
  }

  /** The Protobuf messages with this name: the full one, or the last part of it. */
  messagesNamed(type: string): string[] {
    const names = [...(this.proto?.messages.keys() ?? [])];
    return names.includes(type) ? [type] : names.filter((name) => name.endsWith(`.${type}`));
  }

  #message(type: string): TypeReader | undefined {
    const [name, ...more] = this.messagesNamed(type);
    if (!this.proto || name === undefined || more.length > 0) return undefined;
    return { decoder: new ProtoDecoder(this.proto, name), verdict: none };
  }

  #openBinding(binding: CompiledBinding): OpenBinding | undefined {
    const reader = this.reader(binding.type, binding.abi);
    const when = binding.when === undefined ? undefined : parseCondition(binding.when);
    if (!reader || when?.ok === false) return undefined;
    const { when: _text, line: _line, ...rest } = binding;
    const rule: BindingRule = { ...rest, ...(when && { when: when.condition }) };
    return { binding, rule, decoder: reader.decoder, verdict: reader.verdict };
  }
}

const none = () => undefined;

function selfDescribing(type: string): TypeReader | undefined {
  const decoder = Object.hasOwn(SELF_DESCRIBING, type) ? SELF_DESCRIBING[type] : undefined;
  return decoder && { decoder, verdict: none };
}

/** Those of the same system first: the usual pair is 32-bit and 64-bit. */
export function othersOf(abi: AbiId): AbiId[] {
  const isSameSystem = (other: AbiId) => Number(ABIS[other].windows === ABIS[abi].windows);
  return ABI_IDS.filter((other) => other !== abi).sort((a, b) => isSameSystem(b) - isSameSystem(a));
}

const typesOf = ({ types }: CompiledLibrary): Map<string, DeclaredType> =>
  new Map(types.map(([key, type]) => [key, declared(type)]));

const declared = (type: CompiledType): DeclaredType =>
  type.kind === 'enum'
    ? { ...type, values: type.values.map(({ name, value }) => ({ name, value: BigInt(value) })) }
    : type;

const schemaOf = ({ messages, enums }: CompiledProto): ProtoSchema => ({
  messages: new Map(
    messages.map(([name, fields]) => [
      name,
      { fields: new Map(fields.map(({ number, ...field }) => [number, field])) },
    ]),
  ),
  enums: new Map(enums.map(([name, values]) => [name, new Map(values)])),
});
