/** What no real declaration needs, and a hostile one asks for. */
export const LIMITS = {
  /** Bytes of a type: as many as the largest message. */
  typeSize: 256 * 1024 * 1024,
  /** Fields that are listed of one type. */
  fields: 20_000,
  /** Structs within structs. */
  depth: 64,
  /** Values that one message is decoded to. */
  values: 100_000,
} as const;

/** Why a type has no layout, or a declaration can't be read: reported as a value at the boundary of `shared/types`. */
export class TypeFault extends Error {
  override readonly name = 'TypeFault';
}
