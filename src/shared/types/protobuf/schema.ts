/** Protobuf messages as declared: plain data. */

export interface ProtoSchema {
  /** By full name: `shop.Order`. */
  readonly messages: ReadonlyMap<string, ProtoMessage>;
  readonly enums: ReadonlyMap<string, ReadonlyMap<number, string>>;
}

export interface ProtoMessage {
  /** By number. */
  readonly fields: ReadonlyMap<number, ProtoField>;
}

export interface ProtoField {
  readonly name: string;
  /** A Protobuf scalar, or the full name of a message or enum. */
  readonly type: string;
  readonly repeated: boolean;
  /** For a map: its key's type; `type` is that of its values. */
  readonly key?: string;
}
