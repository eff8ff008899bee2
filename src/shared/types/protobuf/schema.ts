/** Messages of Protobuf as they were declared: plain data. */

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
  /** A scalar of Protobuf, or the full name of a message or enum. */
  readonly type: string;
  readonly repeated: boolean;
  /** Of a map: its key's type; `type` is that of its values. */
  readonly key?: string;
}
