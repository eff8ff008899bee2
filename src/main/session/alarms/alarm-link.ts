import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { AlarmState } from '../../../shared/alarm/alarm.ts';
import type { Failure } from '../../../shared/failure.ts';
import { PendingCalls } from '../../../shared/pending-calls.ts';
import type { CompiledTypes } from '../../../shared/types/compiled/compiled.ts';
import type { AlarmMessage, AlarmPort, SetTypes } from './protocol.ts';

/** The main thread's side of a session's alarms. */
export class AlarmLink {
  /** For the session's thread. */
  readonly forThread: AlarmPort;
  readonly #signal: Int32Array;
  readonly #own: MessagePort;
  readonly #pending = new PendingCalls();
  #states: readonly AlarmState[] = [];

  constructor({ onChange, onAlarm }: { readonly onChange: () => void; readonly onAlarm: () => void }) {
    const { port1, port2 } = new MessageChannel();
    this.#own = port1;
    const signal = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    this.#signal = new Int32Array(signal);
    this.forThread = { port: port2, signal };
    port1.on('message', (message: AlarmMessage) => {
      const before = firingsOf(this.#states);
      this.#hear(message);
      if (firingsOf(this.#states) > before) onAlarm();
      else onChange();
    });
  }

  get states(): readonly AlarmState[] {
    return this.#states;
  }

  /** @param wake ends the thread's wait, so that it looks at once */
  async set(texts: readonly string[], wake: () => void): Promise<void> {
    await this.#pending.call((id) => {
      this.#own.postMessage({ id, texts });
      Atomics.store(this.#signal, 0, 1);
      wake();
    });
  }

  /** @param wake as in {@link set} */
  setTypes(types: CompiledTypes, wake: () => void): void {
    this.#own.postMessage({ types } satisfies SetTypes);
    Atomics.store(this.#signal, 0, 1);
    wake();
  }

  /** The thread has sent its last message. */
  close(failure: Failure): void {
    for (let got = receiveMessageOnPort(this.#own); got; got = receiveMessageOnPort(this.#own)) {
      this.#hear(got.message as AlarmMessage);
    }
    this.#own.close();
    this.#pending.failAll(failure);
  }

  #hear(message: AlarmMessage): void {
    if (message.type === 'set') this.#pending.settle(message.id, message.result);
    else this.#states = message.states;
  }
}

const firingsOf = (states: readonly AlarmState[]) => states.reduce((sum, { count }) => sum + count, 0);
