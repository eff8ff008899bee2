import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { CaptureState } from '../../../shared/api.ts';
import { type PackedBatch, unpackBatch } from '../../../shared/batch-form.ts';
import { ShmscopeError, toFailure } from '../../../shared/failure.ts';
import type { CommitReply } from '../../../shared/log.ts';
import type { SetMark, SetNote } from '../../../shared/marks.ts';
import type { SessionTypes } from '../../../shared/types/compiled/compiled.ts';
import type { CapturedSession } from '../store/captured-session.ts';
import { captureFailure } from '../store/reasons.ts';
import type { WriterCalls, WriterNews } from './calls.ts';
import { createCapture } from './create.ts';
import { Intake, recordsOf } from './intake.ts';
import { type Group, Journal } from './journal.ts';
import type { Limits } from './trim.ts';

/** ms between commits while records keep coming; the first after a pause is committed at once. */
const COMMIT_INTERVAL = 15;
/** ms between attempts while writing fails. */
const RETRY_INTERVAL = 1000;
/** ms between news. */
const NEWS_INTERVAL = 34;
/** ms between two removals while there is more to remove, and between checks. */
const TRIM_PAUSE = 5;
const TRIM_INTERVAL = 2000;

/** Accepts batches from every session's port and commits them in groups. Nothing leaves memory before its commit. */
export class Writer implements WriterCalls {
  readonly #tell: (news: WriterNews) => void;
  readonly #intake = new Intake();
  readonly #ports = new Map<number, MessagePort>();
  readonly #committed = new Map<number, number>();
  readonly #changed = new Set<number>();
  #file = '';
  #journal: Journal | undefined;
  /** Taken from the intake, not yet known to be in the file. */
  #group: Group | undefined;
  #failure: ShmscopeError | undefined;
  #commitTimer: NodeJS.Timeout | undefined;
  #newsTimer: NodeJS.Timeout | undefined;
  #trimTimer: NodeJS.Timeout | undefined;
  #limits: Limits | undefined;
  #lastCommit = 0;
  #lastNews = 0;
  #bytes = 0;

  constructor(tell: (news: WriterNews) => void) {
    this.#tell = tell;
  }

  open({ folder, name }: { readonly folder: string; readonly name?: string }): { readonly file: string } {
    const { file, db } = createCapture(folder, new Date(), name);
    this.#file = file;
    this.#journal = new Journal(db);
    return { file };
  }

  connect({ session, port }: { readonly session: CapturedSession; readonly port: MessagePort }): void {
    this.#intake.addSession(session);
    this.#committed.set(session.id, 0);
    this.#ports.set(session.id, port);
    port.on('message', (batch: PackedBatch) => this.#receive(session.id, batch));
    port.once('close', () => this.#ports.delete(session.id));
    this.#schedule();
  }

  retry(): void {
    while (this.#group || !this.#intake.empty) {
      this.#commit();
      if (this.#failure) throw this.#failure;
    }
  }

  drain(): void {
    for (const [session, port] of this.#ports) {
      for (let got = receiveMessageOnPort(port); got; got = receiveMessageOnPort(port))
        this.#receive(session, got.message as PackedBatch);
    }
    this.retry();
  }

  setMark(mark: SetMark): void {
    this.#change(({ marks }) => marks.setMark(mark));
  }

  setNote(note: SetNote): void {
    this.#change(({ marks }) => marks.setNote(note));
  }

  setTitle(title: string | null): void {
    this.#change((journal) => journal.setTitle(title));
  }

  setTypes({ session, types }: SessionTypes): void {
    this.#change((journal) => journal.setTypes(session, types));
  }

  keepWithin(limits: Limits): void {
    this.#limits = limits;
    this.#scheduleTrim();
  }

  close(): void {
    clearTimeout(this.#commitTimer);
    clearTimeout(this.#trimTimer);
    clearTimeout(this.#newsTimer);
    for (const port of this.#ports.values()) port.close();
    this.#journal?.close();
    this.#journal = undefined;
  }

  /** While there is something to remove the next step follows soon, but after what arrived meanwhile is committed. */
  #scheduleTrim(pause = TRIM_PAUSE): void {
    if (this.#limits) this.#trimTimer ??= setTimeout(() => this.#trim(), pause);
  }

  #trim(): void {
    this.#trimTimer = undefined;
    if (!this.#journal || !this.#limits) return;
    try {
      this.#scheduleTrim(this.#journal.trimmer.step(this.#limits) ? TRIM_PAUSE : TRIM_INTERVAL);
    } catch {
      // For example another program's lock: nothing was removed, and the next time is soon enough.
      this.#scheduleTrim(TRIM_INTERVAL);
    }
  }

  #change(write: (journal: Journal) => void): void {
    if (!this.#journal) throw new ShmscopeError('closed', 'The capture is closed.');
    try {
      write(this.#journal);
    } catch (error) {
      if (error instanceof ShmscopeError) throw error;
      throw captureFailure(`That can't be written to ${this.#file}`, error);
    }
  }

  #receive(session: number, batch: PackedBatch): void {
    try {
      this.#intake.addBatch(session, unpackBatch(batch));
    } catch (error) {
      const port = this.#ports.get(session);
      port?.postMessage({ failure: toFailure(error) } satisfies CommitReply);
      port?.close();
      this.#ports.delete(session);
    }
    if (this.#failure) this.#scheduleNews();
    else if (this.#intake.full) this.#commit();
    else this.#schedule();
  }

  /** While writing fails, the timer for the next attempt is set and stays. */
  #schedule(): void {
    this.#commitTimer ??= setTimeout(() => this.#commit(), this.#pause());
  }

  #pause(): number {
    if (this.#failure) return RETRY_INTERVAL;
    return this.#intake.full ? 0 : Math.max(0, this.#lastCommit + COMMIT_INTERVAL - performance.now());
  }

  #commit(): void {
    clearTimeout(this.#commitTimer);
    this.#commitTimer = undefined;
    if (!this.#journal) return;
    const again = this.#group !== undefined;
    const group = this.#group ?? this.#intake.take();
    this.#group = group;
    try {
      if (!again || !this.#journal.holds(group)) this.#journal.write(group);
      this.#group = undefined;
      this.#failure = undefined;
      this.#acknowledge(group);
    } catch (error) {
      this.#failure = captureFailure(`Records can't be written to ${this.#file}`, error);
    }
    this.#lastCommit = performance.now();
    if (this.#failure || !this.#intake.empty) this.#schedule();
    this.#scheduleNews();
  }

  #acknowledge({ sessions, batches }: Group): void {
    const touched = new Set(batches.map((batch) => batch.session));
    for (const { session, records } of batches)
      this.#committed.set(session, (this.#committed.get(session) ?? 0) + records.length);
    for (const id of touched)
      this.#ports.get(id)?.postMessage({ committed: this.#committed.get(id) ?? 0 } satisfies CommitReply);
    for (const id of [...touched, ...sessions.map((session) => session.id)]) this.#changed.add(id);
  }

  #scheduleNews(): void {
    if (this.#newsTimer) return;
    const wait = Math.max(0, this.#lastNews + NEWS_INTERVAL - performance.now());
    this.#newsTimer = setTimeout(() => this.#news(), wait);
  }

  #news(): void {
    this.#newsTimer = undefined;
    this.#lastNews = performance.now();
    const committed = [...this.#changed].map((id) => [id, this.#committed.get(id) ?? 0] as const);
    this.#changed.clear();
    this.#tell({ state: this.#state(), committed });
  }

  #state(): CaptureState {
    if (!this.#failure) this.#bytes = this.#journal?.bytes() ?? this.#bytes;
    const bytes = this.#bytes;
    if (!this.#failure) return { state: 'capturing', bytes };
    const pending = this.#intake.records + recordsOf(this.#group?.batches ?? []);
    return { state: 'stopped', bytes, reason: this.#failure.message, pending };
  }
}
