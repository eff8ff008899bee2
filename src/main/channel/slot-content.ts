import { isUtf8 } from 'node:buffer';
import { FLAG } from '../../shared/domain.ts';
import { safeJson } from '../../shared/json-record.ts';
import type { SlotView } from './slot-view.ts';

/** Bytes at the start of a message that distinguish it from another of the same length. */
const COMPARED = 64 * 1024;
const SHOWN_CHARACTERS = 40;
const SHOWN_BYTES = 16;

/** What the incoming slot holds, compared with what was taken from it: evidence of messages that were never seen. */
export class SlotContent {
  readonly #slot: SlotView;
  /** Its content was read: by us, or before we came. Null if unknown. */
  #isRead: boolean | null;
  /** A message was unread there when the channel was opened, and hasn't been taken. */
  #foundUnread: boolean;
  /** Of the last message read. */
  #length: number;
  /** Null if it was too long to keep. */
  #bytes: Uint8Array | null;

  /** `isOurs`: we created the slot, so nothing was in it before. */
  constructor(slot: SlotView, isOurs: boolean) {
    this.#slot = slot;
    this.#foundUnread = !isOurs && slot.flag === FLAG.sent;
    this.#isRead = isOurs || (slot.flag === FLAG.exit ? null : slot.flag !== FLAG.sent);
    this.#length = isOurs ? 0 : slot.length;
    this.#bytes = isOurs ? new Uint8Array() : slot.peek(COMPARED);
  }

  /** A message was taken. Returns what there is to say about messages before it, if anything. */
  took(length: number, bytes: Uint8Array): string | null {
    const foundUnread = this.#foundUnread;
    this.#foundUnread = false;
    this.#isRead = true;
    this.#length = length;
    this.#bytes = bytes.byteLength <= COMPARED ? bytes : null;
    return foundUnread ? FOUND_UNREAD : null;
  }

  /** The slot was wiped by a fresh header. */
  wiped(): void {
    this.took(0, new Uint8Array());
  }

  /** The slot says exit. Returns which message it replaced, as far as that can be seen. */
  lostToExit(): string | null {
    const { length, capacity } = this.#slot;
    const bytes = this.#slot.peek(COMPARED);
    const isLost = this.#isRead !== null && length <= capacity && !(this.#isRead && this.#isKnown(length, bytes));
    this.took(length, bytes);
    if (!isLost) return null;
    return `A message was lost: ${length.toLocaleString('en-US')} bytes (${shown(bytes)}) that we haven't received are in the slot, and exit replaced them. The sender closed right after sending.`;
  }

  #isKnown(length: number, bytes: Uint8Array): boolean {
    return length === this.#length && (this.#bytes === null || Buffer.compare(this.#bytes, bytes) === 0);
  }
}

const FOUND_UNREAD =
  'Messages may have been lost: this one was in the slot, unread, before we opened the channel. If the sender had sent more than one by then, only the last is left.';

function shown(bytes: Buffer): string {
  if (bytes.length === 0) return 'an empty message';
  if (!isUtf8(bytes)) {
    const hex = bytes.toString('hex', 0, SHOWN_BYTES).replace(/..(?=.)/g, '$& ');
    return bytes.length > SHOWN_BYTES ? `${hex} …` : hex;
  }
  const characters = [...bytes.toString('utf8', 0, 4 * SHOWN_CHARACTERS)];
  const isCut = characters.length > SHOWN_CHARACTERS || bytes.length > 4 * SHOWN_CHARACTERS;
  return safeJson(characters.slice(0, SHOWN_CHARACTERS).join('')) + (isCut ? ' …' : '');
}
