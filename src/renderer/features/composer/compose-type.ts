import { create } from 'zustand';
import type { Lane } from '../../../shared/domain.ts';
import type { AbiId } from '../../../shared/types/abi.ts';
import { matches } from '../../../shared/types/bindings/bound.ts';
import type { OpenTypes } from '../../../shared/types/compiled/open.ts';
import { fieldAtPath } from '../../../shared/types/paths.ts';
import { StructDecoder } from '../../../shared/types/struct/struct-decoder.ts';
import { type Computed, type ComputedLeaves, suggested, withComputed } from '../../../shared/types/write/computed.ts';
import { inputText, readInput } from '../../../shared/types/write/input.ts';
import { type Leaf, leavesOf } from '../../../shared/types/write/leaves.ts';
import { withValue } from '../../../shared/types/write/write-value.ts';

/** Which type a session's message is written as. */
export interface ComposeType {
  readonly type: string;
  readonly abi: AbiId;
}

interface Composed {
  readonly chosen: ComposeType | null;
  /** By path; undefined: as the names suggest. */
  readonly computed: ComputedLeaves | undefined;
}

const NOTHING: Composed = { chosen: null, computed: undefined };
const useComposed = create<Readonly<Record<number, Composed>>>(() => ({}));
export const useComposeType = (session: number): Composed => useComposed((all) => all[session] ?? NOTHING);

export const chooseComposeType = (session: number, chosen: ComposeType): void =>
  useComposed.setState({ [session]: { chosen, computed: undefined } });

export const setComputed = (session: number, computed: ComputedLeaves): void =>
  useComposed.setState((all) => ({ [session]: { ...(all[session] ?? NOTHING), computed } }));

/** The type that a binding gives to messages of a channel and lane: the first that has a layout. */
export function boundType(types: OpenTypes, section: string | undefined, lane: Lane | null): ComposeType | null {
  const bound = types.bindings.find(({ rule, binding }) => {
    const isHere = rule.channel === undefined || (section !== undefined && matches(rule.channel, section));
    return isHere && (rule.lane ?? lane) === lane && types.reader(binding.type, binding.abi)?.struct !== undefined;
  });
  return bound ? { type: bound.binding.type, abi: bound.binding.abi } : null;
}

/** How messages of a type with a layout are read and written; undefined if it has none. */
export function structDecoder(types: OpenTypes, { type, abi }: ComposeType): StructDecoder | undefined {
  const decoder = types.reader(type, abi)?.decoder;
  return decoder instanceof StructDecoder ? decoder : undefined;
}

export const leavesIn = (decoder: StructDecoder, size: number): Leaf[] =>
  leavesOf(decoder.plan, size).filter((one) => one.kind === 'leaf');

export const suggestedComputed = (leaves: readonly Leaf[]): ComputedLeaves =>
  new Map(
    leaves.flatMap((leaf): [string, Computed][] => {
      const how = suggested(leaf);
      return how ? [[leaf.path, how]] : [];
    }),
  );

/** A message with only what is required: enums have their first name. */
export function emptyMessage(decoder: StructDecoder): Uint8Array {
  const leaves = leavesIn(decoder, decoder.size);
  const bytes = leaves.reduce<Uint8Array>((message, leaf) => {
    const { plan } = leaf;
    const first = plan.kind === 'scalar' && !plan.flags ? plan.names?.keys().next().value : undefined;
    return first === undefined || first === 0n ? message : withValue(message, leaf, first);
  }, new Uint8Array(decoder.size));
  return withComputed(bytes, leaves, suggestedComputed(leaves));
}

/** The same values as another type, or under another ABI: those of fields that both have. */
export function carriedOver(bytes: Uint8Array, from: StructDecoder, to: StructDecoder): Uint8Array {
  const { fields } = from.decode(bytes);
  const leaves = leavesIn(to, to.size);
  return leaves.reduce((message, leaf) => {
    const field = fieldAtPath(fields, leaf.path);
    const input =
      field && !field.fields && field.value !== undefined ? readInput(leaf, inputText(field), field) : undefined;
    if (!input?.ok) return message;
    try {
      return withValue(message, leaf, input.value);
    } catch (error) {
      if (error instanceof RangeError) return message;
      throw error;
    }
  }, emptyMessage(to));
}
