import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { Failure } from '../../../../shared/failure.ts';
import type { FeedItem, FeedMessage } from '../../../../shared/replay/feed.ts';

/** An item with its payload. */
export interface Fed extends FeedItem {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What will be replayed next. */
export interface Feed {
  /** Undefined while nothing more has arrived, and when everything was taken. */
  readonly head: Fed | undefined;
  readonly isAtEnd: boolean;
  /** Why nothing follows; null while something may. */
  readonly failure: Failure | null;
  /** Takes the first. */
  next(): void;
  close(): void;
}

/** What the thread that reads the capture has sent, a chunk or two. */
export class FeedQueue implements Feed {
  failure: Failure | null = null;
  readonly #port: MessagePort;
  #items: readonly FeedItem[] = [];
  #payload: Uint8Array<ArrayBuffer> = new Uint8Array();
  #at = 0;
  #head: Fed | undefined;
  #isLast = false;

  constructor(port: MessagePort) {
    this.#port = port;
  }

  get head(): Fed | undefined {
    if (this.#head) return this.#head;
    if (this.#at === this.#items.length) this.#take();
    const item = this.#items[this.#at];
    this.#head = item && { ...item, bytes: this.#payload.subarray(item.offset, item.offset + item.size) };
    return this.#head;
  }

  get isAtEnd(): boolean {
    return this.head === undefined && this.#isLast;
  }

  next(): void {
    this.#at++;
    this.#head = undefined;
  }

  close(): void {
    this.#port.close();
  }

  #take(): void {
    if (this.#isLast || this.failure) return;
    const message = receiveMessageOnPort(this.#port)?.message as FeedMessage | undefined;
    if (!message) return;
    if ('failure' in message) {
      this.failure = message.failure;
      return;
    }
    this.#items = message.items;
    this.#payload = message.payload;
    this.#at = 0;
    this.#isLast = message.isLast;
    if (!message.isLast) this.#port.postMessage('more');
  }
}
