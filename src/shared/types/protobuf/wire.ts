/** Protobuf's wire format. */

/** Why the bytes aren't Protobuf from here on. */
export class WireFault extends Error {
  override readonly name = 'WireFault';
}

export interface WireField {
  readonly number: number;
  readonly wire: Wire;
  /** Bytes from the start of the payload: of the whole field, and of its content. */
  readonly start: number;
  readonly from: number;
  readonly to: number;
  /** For a varint; 64 bits without a sign. */
  readonly varint: bigint;
}

export const WIRE = { varint: 0, fixed64: 1, bytes: 2, startGroup: 3, endGroup: 4, fixed32: 5 } as const;
export type Wire = (typeof WIRE)[keyof typeof WIRE];

/** Reads varints and fields between two positions. Never beyond. */
export class WireReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  at: number;

  constructor(bytes: Uint8Array, from: number, end: number) {
    this.#bytes = bytes;
    this.at = from;
    this.#end = end;
  }

  get isDone(): boolean {
    return this.at >= this.#end;
  }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (this.at >= this.#end) throw new WireFault('A number has no end');
      const byte = this.#bytes[this.at++] as number;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new WireFault(`A number at ${this.at} has more than 10 bytes`);
  }

  field(): WireField {
    const start = this.at;
    const tag = this.varint();
    const [number, wire] = [Number(tag >> 3n), Number(tag & 7n)];
    if (number === 0 || number > 0x1fffffff) throw new WireFault(`There is no field ${number} (byte ${start})`);
    const from = this.at;
    switch (wire) {
      case WIRE.varint: {
        const varint = this.varint();
        return { number, wire, start, from, to: this.at, varint };
      }
      case WIRE.fixed64:
      case WIRE.fixed32:
        return { number, wire, start, from, to: this.#skip(wire === WIRE.fixed64 ? 8 : 4), varint: 0n };
      case WIRE.bytes: {
        const length = this.varint();
        const content = this.at;
        if (length > BigInt(this.#end - this.at)) throw new WireFault(`Field ${number} is longer than the message`);
        return { number, wire, start, from: content, to: this.#skip(Number(length)), varint: 0n };
      }
      case WIRE.startGroup:
      case WIRE.endGroup:
        return { number, wire, start, from, to: from, varint: 0n };
      default:
        throw new WireFault(`Field ${number} has the unknown form ${wire}`);
    }
  }

  #skip(count: number): number {
    if (count > this.#end - this.at) throw new WireFault('A value has no end');
    this.at += count;
    return this.at;
  }
}
