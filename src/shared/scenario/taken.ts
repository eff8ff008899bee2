/** The messages that a session's steps have taken: how many, and a digest of their bytes. */
export interface Taken {
  readonly messages: number;
  readonly bytes: number;
  readonly digest: string;
}

/** FNV-1a, twice 32 bits, over each message and its length. */
export class TakenDigest {
  #messages = 0;
  #bytes = 0;
  #low = 0x811c9dc5;
  #high = 0xcbf29ce4;

  add(bytes: Uint8Array): void {
    this.#messages += 1;
    this.#bytes += bytes.length;
    for (let at = 0; at < bytes.length; at++) this.#mix(bytes[at] as number);
    for (let shift = 0; shift < 32; shift += 8) this.#mix((bytes.length >>> shift) & 0xff);
  }

  get taken(): Taken {
    const digest = [this.#low, this.#high].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
    return { messages: this.#messages, bytes: this.#bytes, digest };
  }

  #mix(byte: number): void {
    this.#low = Math.imul(this.#low ^ byte, 0x01000193);
    this.#high = Math.imul(this.#high ^ this.#low, 0x01000193);
  }
}
