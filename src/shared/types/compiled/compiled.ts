/**
 * Declared types as plain data, which crosses threads, IPC and the WebSocket and is stored in captures as JSON: what
 * the declarations say for each ABI, and which message has which type. Integers of enums are strings of their digits.
 *
 * The host makes it (`src/main/types/compile.ts`), everybody reads it with `openTypes` (`open.ts`):
 * - `types()` of the contract has the user's own, with the files and their problems (`src/shared/type-files.ts`);
 * `StateEvent.typesVersion` says when to ask again.
 * - `sessionTypes(session)` has those that one session's messages are read with.
 */

import type { Lane } from '../../domain.ts';
import type { AbiId } from '../abi.ts';
import type { EnumType, StructType, TypedefType } from '../model.ts';

export interface CompiledTypes {
  /** Of this data, for captures of other versions. */
  readonly form: typeof FORM;
  /** One per ABI; none without C or Rust. */
  readonly libraries: readonly CompiledLibrary[];
  /** Null without Protobuf. */
  readonly proto: CompiledProto | null;
  /** The first match counts. Those of undeclared types are left out, with a problem. */
  readonly bindings: readonly CompiledBinding[];
}

export const FORM = 1;

export interface CompiledLibrary {
  readonly abi: AbiId;
  /** By key (`struct order`), in order of declaration. */
  readonly types: readonly (readonly [key: string, type: CompiledType])[];
}

export type CompiledType = StructType | TypedefType | CompiledEnum;
type CompiledEnum = Omit<EnumType, 'values'> & {
  readonly values: readonly { readonly name: string; readonly value: string }[];
};

export interface CompiledProto {
  readonly messages: readonly (readonly [name: string, fields: readonly CompiledProtoField[]])[];
  readonly enums: readonly (readonly [name: string, values: readonly (readonly [number: number, name: string])[]])[];
}

interface CompiledProtoField {
  readonly number: number;
  readonly name: string;
  readonly type: string;
  readonly repeated: boolean;
  readonly key?: string;
}

export interface CompiledBinding {
  /** A section's name with `*` and `?`; omitted: any. */
  readonly channel?: string;
  readonly lane?: Lane;
  /** As written (`condition.ts`). */
  readonly when?: string;
  /** As written: `order`, `shop.Order`, `msgpack`. */
  readonly type: string;
  readonly abi: AbiId;
  /** In `bindings.yaml`, from 1. */
  readonly line: number;
}

/** The types that a session's messages are read with. */
export interface SessionTypes {
  readonly session: number;
  readonly types: CompiledTypes;
}

export const NO_TYPES: CompiledTypes = { form: FORM, libraries: [], proto: null, bindings: [] };
