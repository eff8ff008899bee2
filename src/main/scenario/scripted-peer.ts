import { ShmscopeError } from '../../shared/failure.ts';
import type { StartedPeer } from '../peers/peer.ts';

/** A scripted peer's answers. */
export type Result =
  | { readonly kind: 'sent' }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'exit' }
  | { readonly kind: 'error'; readonly detail: string }
  | { readonly kind: 'message'; readonly bytes: Uint8Array };

interface Wish {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** The lines of `shm-peer script`: its commands, and its answers in the same order. */
export class ScriptedPeer {
  readonly #peer: StartedPeer;
  readonly #wishes: Wish[] = [];
  readonly #close: () => void;
  #data: string[] = [];

  constructor(peer: StartedPeer) {
    this.#peer = peer;
    this.#close = peer.onLine((line) => this.#hear(line));
    void peer.ended.then(() => {
      const error = new ShmscopeError('peer-failed', 'The program that plays this end has ended.');
      for (const { reject } of this.#wishes.splice(0)) reject(error);
    });
  }

  /** Rejects with ShmscopeError `peer-failed`, or `busy` if it is being ended. */
  async tell(line: string): Promise<Result> {
    this.#peer.tell(line);
    return new Promise((resolve, reject) => this.#wishes.push({ resolve, reject }));
  }

  close(): void {
    this.#close();
  }

  #hear(line: string): void {
    const [word = '', rest = ''] = line.split(' ');
    if (word === 'data') {
      this.#data.push(rest);
      return;
    }
    const wish = this.#wishes.shift();
    if (word === 'message') wish?.resolve({ kind: 'message', bytes: Buffer.from(this.#data.join(''), 'hex') });
    else if (word === 'error')
      wish?.resolve({ kind: 'error', detail: `The peer's flag is ${rest}, which means nothing.` });
    else if (word === 'sent' || word === 'timeout' || word === 'exit') wish?.resolve({ kind: word });
    else wish?.reject(new ShmscopeError('peer-failed', `The program that plays this end said: ${line}`));
    this.#data = [];
  }
}
