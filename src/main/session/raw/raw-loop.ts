import { ShmscopeError, toFailure } from '../../../shared/failure.ts';
import { MAX_WATCHED } from '../../../shared/raw.ts';
import type { OpenRaw, RawSnapshot } from '../../../shared/session.ts';
import type { Kernel, KernelEvent, WatchedSection } from '../../kernel/kernel.ts';
import type { Inbox } from '../inbox.ts';
import type { Command, Live, WorkerMessage } from '../protocol.ts';
import type { Recorder } from '../recorder.ts';
import { isStillHeld } from '../still-held.ts';
import { ChangeScan } from './change-scan.ts';
import { RegionRates } from './region-rates.ts';

/** ms between looks at the bytes and messages to the main thread, at least. */
const LOOK_MS = 50;
/** The watched part begins at a multiple of this many bytes. */
const PAGE = 4096;

/** Why a loop ends: it was told to; everyone else has let go of the section. */
export type RawEnd = 'close' | 'abandoned';

interface Ports {
  readonly kernel: Kernel;
  readonly wake: KernelEvent;
  readonly inbox: Inbox;
  readonly recorder: Recorder;
  readonly post: (message: WorkerMessage) => void;
}

/** A section watched as bytes, until it is closed. Blocks its thread. */
export class RawLoop {
  readonly #ports: Ports;
  readonly #section: WatchedSection;
  #watched: number;
  #watchedFrom = 0;
  readonly #rights: readonly string[];
  readonly #scan: ChangeScan;
  #rates: RegionRates;
  #snapshotMs: number | null;
  #snapshotAt = performance.now();
  #snapshots = 0;
  #changed = 0;
  #changedAt: number | null = null;
  /** What had changed when the last snapshot was taken. */
  #taken = -1;
  #end: RawEnd | null = null;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #reported = '';

  constructor(section: WatchedSection, rights: readonly string[], { snapshotMs }: OpenRaw, ports: Ports) {
    this.#ports = ports;
    this.#section = section;
    this.#rights = rights;
    this.#snapshotMs = snapshotMs;
    this.#watched = Math.min(section.extent, MAX_WATCHED);
    this.#rates = new RegionRates(this.#watched);
    this.#scan = new ChangeScan(section, this.#watched, (offset, bytes) => this.#hasChanged(offset, bytes));
  }

  /** Throws if the section is no longer the one that was opened. */
  run(): RawEnd {
    const { kernel, wake, recorder } = this.#ports;
    this.#takeCommands();
    while (!this.#end) {
      this.#lookIfDue();
      if (recorder.dueIn() <= 0) recorder.flush();
      const left = this.#lookedAt + LOOK_MS - performance.now();
      if (kernel.waitAny([wake], Math.max(0, Math.min(left, recorder.dueIn()))) === 0) this.#takeCommands();
    }
    return this.#end;
  }

  get live(): Live<RawSnapshot> {
    const { recorder } = this.#ports;
    return {
      extent: this.#section.extent,
      watched: this.#watched,
      watchedFrom: this.#watchedFrom,
      uncommitted: this.#section.uncommitted,
      rights: this.#rights,
      snapshotMs: this.#snapshotMs,
      regionBytes: this.#rates.regionBytes,
      changes: this.#rates.rates(performance.now()),
      changed: this.#changed,
      changedAt: this.#changedAt,
      counts: recorder.tally.counts,
      rate: recorder.tally.rate,
      records: recorder.count,
    };
  }

  #lookIfDue(): void {
    const now = performance.now();
    if (now < this.#lookedAt + LOOK_MS) return;
    this.#lookedAt = now;
    if (!isStillHeld(this.#section)) {
      this.#end = 'abandoned';
      return;
    }
    this.#scan.look();
    if (this.#snapshotMs !== null && now >= this.#snapshotAt + this.#snapshotMs) this.#snapshotIfChanged(now);
    this.#tell();
  }

  #hasChanged(offset: number, bytes: number): void {
    this.#changed += bytes;
    this.#changedAt = this.#ports.recorder.now().mono;
    this.#rates.count(offset, bytes, performance.now());
  }

  #snapshotIfChanged(now: number): void {
    this.#snapshotAt = now;
    if (this.#changed !== this.#taken && !this.#ports.recorder.stalled) this.#snapshot();
  }

  /** Returns the record's number. */
  #snapshot(): number {
    const bytes = new Uint8Array(this.#watched);
    this.#section.read(this.#watchedFrom, bytes);
    this.#taken = this.#changed;
    const n = (count: number) => count.toLocaleString('en-US');
    const isPart = this.#watched < this.#section.extent;
    const [part, place] = isPart
      ? [`${n(this.#watched)} of `, `, from 0x${this.#watchedFrom.toString(16)} on`]
      : ['', ''];
    const detail = `Snapshot ${n(++this.#snapshots)}: ${part}${n(this.#section.extent)} bytes${place}.`;
    const seq = this.#ports.recorder.add({ kind: 'snapshot', bytes, detail });
    this.#ports.recorder.flush();
    return seq;
  }

  #tell(): void {
    const live = this.live;
    const reported = JSON.stringify(live);
    if (reported === this.#reported) return;
    this.#reported = reported;
    this.#ports.post({ type: 'snapshot', live });
  }

  #takeCommands(): void {
    while (this.#end !== 'close') {
      const command = this.#ports.inbox.take();
      if (!command) return;
      if (command.type === 'close') this.#end = 'close';
      else this.#answer(command);
    }
  }

  #answer(command: Command): void {
    const { post } = this.#ports;
    try {
      post({ type: 'reply', id: command.id, result: { ok: true, value: this.#execute(command) } });
    } catch (error) {
      post({ type: 'reply', id: command.id, result: { ok: false, failure: toFailure(error) } });
    }
  }

  #execute(command: Command): unknown {
    switch (command.type) {
      case 'rawBytes':
        return this.#bytes(command.offset, command.length);
      case 'watchFrom':
        this.#watchFrom(command.offset);
        return undefined;
      case 'takeSnapshot':
        if (this.#ports.recorder.stalled) throw captureBehind();
        return this.#snapshot();
      case 'setSnapshotInterval':
        this.#snapshotMs = command.ms;
        this.#snapshotAt = performance.now();
        this.#tell();
        return undefined;
      case 'note':
        this.#ports.recorder.add({ kind: 'notice', detail: command.detail });
        return undefined;
      default:
        throw new ShmscopeError('invalid-argument', 'A raw section is read-only.');
    }
  }

  /** From the page that contains the offset on; nothing of it has changed yet. */
  #watchFrom(offset: number): void {
    const { extent } = this.#section;
    if (offset >= extent) {
      const size = extent.toLocaleString('en-US');
      throw new ShmscopeError('invalid-argument', `The section has ${size} bytes, so none begins at ${offset}.`);
    }
    this.#watchedFrom = offset - (offset % PAGE);
    this.#watched = Math.min(extent - this.#watchedFrom, MAX_WATCHED);
    this.#scan.move(this.#watchedFrom, this.#watched);
    this.#rates = new RegionRates(this.#watched);
    // Another part counts as a change for snapshots that are taken on changes.
    this.#taken = -1;
    this.#tell();
  }

  /** As much of it as there is. */
  #bytes(offset: number, length: number): Uint8Array {
    const { extent } = this.#section;
    const from = Math.min(offset, extent);
    const bytes = new Uint8Array(Math.min(length, extent - from));
    this.#section.read(from, bytes);
    return bytes;
  }
}

const captureBehind = () =>
  new ShmscopeError(
    'capture-failed',
    "No snapshot was taken, because the capture is behind or can't be written. Check the capture's state, then try again.",
  );
