import { once } from 'node:events';
import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { type PackedBatch, unpackBatch } from '../../shared/batch-form.ts';
import type { Failure } from '../../shared/failure.ts';
import type { RecordDraft } from '../../shared/log.ts';
import { directionOf, type LaneView, type Viewpoint } from '../../shared/session-kind.ts';
import type { RecordSink } from './registry.ts';

export interface Recorded extends RecordDraft {
  readonly direction: LaneView | null;
  readonly bytes: Uint8Array;
}

/** Keeps all records in memory, as the capture does on disk. */
export class MemorySink implements RecordSink {
  /** While set, batches are kept and not acknowledged. */
  holding = false;
  readonly #records = new Map<number, Recorded[]>();
  readonly #ports = new Map<number, { readonly port: MessagePort; readonly role: Viewpoint }>();
  readonly #ended = new Map<number, Promise<unknown>>();
  readonly #looks = new Set<() => void>();

  connect({ id, role }: { id: number; role: Viewpoint }): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.#records.set(id, []);
    this.#ports.set(id, { port: port1, role });
    // Node.js crashes if a port is asked for messages from its own close listener.
    port1.once('close', () => this.#ports.delete(id));
    this.#ended.set(id, once(port1, 'close'));
    port1.on('message', (packed: PackedBatch) => this.#take(id, role, packed));
    return port2;
  }

  #take(id: number, role: Viewpoint, packed: PackedBatch): void {
    const batch = unpackBatch(packed);
    for (const record of batch.records) {
      const bytes = batch.payload.subarray(record.offset, record.offset + record.size);
      this.#records.get(id)?.push({ ...record, direction: record.lane && directionOf(role, record.lane), bytes });
    }
    if (!this.holding) this.acknowledge(id);
    queueMicrotask(() => {
      for (const look of this.#looks) look();
    });
  }

  /** Settles when nobody has the other end of the session's port any more. */
  async ended(id: number): Promise<void> {
    await this.#ended.get(id);
  }

  acknowledge(id: number): void {
    this.#ports.get(id)?.port.postMessage({ committed: this.#records.get(id)?.length });
  }

  /** Answers the session's batches with `failure` from now on, like a capture that was given up. */
  refuse(id: number, failure: Failure): void {
    this.holding = true;
    this.#ports.get(id)?.port.postMessage({ failure });
  }

  committed(id: number): number {
    return this.#records.get(id)?.length ?? 0;
  }

  /** Everything that the session has handed over: its end arrives by another port, perhaps before its records. */
  of(id: number): readonly Recorded[] {
    const { port, role } = this.#ports.get(id) ?? {};
    if (port && role)
      for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port))
        this.#take(id, role, next.message);
    return this.#records.get(id) ?? [];
  }

  /** `kind code` of each record after the first, which says opened. */
  told(id: number): string[] {
    return this.of(id)
      .slice(1)
      .map(({ kind, code }) => (code ? `${kind} ${code}` : kind));
  }

  /** The payloads of the messages that came in. */
  received(id: number): Uint8Array[] {
    return this.of(id)
      .filter(({ kind, direction }) => kind === 'message' && direction === 'in')
      .map(({ bytes }) => bytes);
  }

  /** Waits until a session's records are as wanted. */
  until(id: number, wanted: (records: readonly Recorded[]) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!wanted(this.of(id))) return;
        this.#looks.delete(look);
        resolve();
      };
      this.#looks.add(look);
      look();
    });
  }
}
