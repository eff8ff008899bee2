import { expect } from 'vitest';
import type { Access } from '../../shared/access.ts';
import type { Lane } from '../../shared/domain.ts';
import type { FailureCode } from '../../shared/failure.ts';
import {
  type Clock,
  ERROR,
  type EventState,
  type Kernel,
  KernelError,
  type KernelEvent,
  type Right,
  type Section,
  type SectionFor,
  type SectionUse,
  type View,
  type WatchedSection,
} from '../kernel/kernel.ts';
import type { ChannelOptions } from './channel.ts';

/** Helpers shared by the tests of this folder. */

const PAGE = 4096;
const HEADER_BYTES = 24;
const NO_LEASE = { address: 0, extent: 0, handle: 0 };

export const NAMES = { section: 'Local\\section', eventS2c: 'Local\\s2c', eventC2s: 'Local\\c2s' } as const;

export const asServer = (options: Partial<ChannelOptions> = {}): ChannelOptions => ({
  ...NAMES,
  role: 'server',
  layout: 'sized',
  bufferSize: 64,
  takeOver: false,
  ...options,
});
export const asClient = (options: Partial<ChannelOptions> = {}): ChannelOptions =>
  asServer({ role: 'client', layout: 'auto', ...options });

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** An error with this code that contains all of `sayings`. */
export const refused = (code: FailureCode, ...sayings: readonly string[]) =>
  expect.objectContaining({
    failure: expect.objectContaining({
      code,
      message: expect.toSatisfy((message: string) => sayings.every((saying) => message.includes(saying))),
    }),
  });

/** A section in memory, as every holder and a stranger see it. */
export class FakeMemory {
  readonly bytes: Uint8Array<ArrayBuffer>;
  uncommitted = 0;
  /** Somebody takes part in it. */
  isHeld = true;
  readonly #view: DataView;

  constructor(size: number) {
    this.bytes = new Uint8Array(Math.ceil(size / PAGE) * PAGE);
    this.#view = new DataView(this.bytes.buffer);
  }

  /** A little-endian u32. */
  get(offset: number): number {
    return this.#view.getUint32(offset, true);
  }

  /** Little-endian u32s from `offset` on. Returns itself. */
  put(offset: number, ...values: readonly number[]): this {
    values.forEach((value, index) => {
      this.#view.setUint32(offset + 4 * index, value, true);
    });
    return this;
  }
}

class FakeEvent {
  signalled = false;
  reset: KernelEvent['reset'] = 'auto';
}
interface EventHandle extends KernelEvent {
  readonly event: FakeEvent;
}

/**
 * A kernel without an operating system. Time stands still except in `waitAny`, which passes it with `advance`, a
 * millisecond at a time: with the test runner's fake timers, a peer is whatever `setTimeout` does.
 */
export class FakeKernel implements Kernel {
  readonly platform = 'posix';
  readonly #advance: (ms: number) => void;
  readonly #objects = new Map<string, FakeMemory | FakeEvent>();
  readonly #refused = new Map<string, KernelError>();
  /** Handles in use. */
  handles = 0;
  /** Calls of waitAny. */
  waits = 0;
  /**
   * Runs after each copy from a section other than a look at its header: what another program does in the middle of it.
   */
  afterRead: () => void = () => {};
  /** After each copy of just a header. */
  afterHeader: () => void = () => {};

  constructor(advance: (ms: number) => void) {
    this.#advance = advance;
  }

  memory(name: string = NAMES.section): FakeMemory {
    return this.#objects.get(name) as FakeMemory;
  }

  /** Whom each object lets in, by name. */
  readonly access = new Map<string | null, Access | undefined>();

  event(lane: Lane): FakeEvent {
    return this.#objects.get(lane === 's2c' ? NAMES.eventS2c : NAMES.eventC2s) as FakeEvent;
  }

  /** A section created by a stranger, with both events. */
  strange(memory: FakeMemory, events: readonly string[] = [NAMES.eventS2c, NAMES.eventC2s]): FakeMemory {
    this.#objects.set(NAMES.section, memory);
    for (const name of events) this.#objects.set(name, new FakeEvent());
    return memory;
  }

  /** From now on every call about `name` fails with `code`. */
  refuse(name: string, code: number, rights: readonly Right[] = []): void {
    this.#refused.set(name, new KernelError('CreateFileMappingW', code, 'The system says why.', name, rights));
  }

  createSection(name: string, size: number, access?: Access): { section: Section; existed: boolean } {
    this.access.set(name, access);
    const existed = this.#objects.has(name);
    return { section: this.#section(this.#get(name, FakeMemory, () => new FakeMemory(size))), existed };
  }

  openSection<U extends SectionUse>(name: string, _use: U): SectionFor[U] {
    return this.#section(this.#get(name, FakeMemory));
  }

  createEvent(name: string | null, access?: Access): { event: KernelEvent; existed: boolean } {
    this.access.set(name, access);
    if (name === null) return { event: this.#event(new FakeEvent()), existed: false };
    const existed = this.#objects.has(name);
    return { event: this.#event(this.#get(name, FakeEvent, () => new FakeEvent())), existed };
  }

  openEvent(name: string): KernelEvent {
    return this.#event(this.#get(name, FakeEvent));
  }

  openEventState(name: string): EventState {
    const event = this.#get(name, FakeEvent);
    const { lease, reset, check, close } = this.#event(event);
    return { lease, rights: 1, reset, signalled: () => event.signalled, check, close };
  }

  attachEvent(): KernelEvent {
    throw new Error('An endpoint attaches no event.');
  }

  attachView(): View {
    throw new Error('An endpoint attaches no view.');
  }

  waitAny(events: readonly KernelEvent[], timeoutMs: number): number {
    this.waits++;
    const handles = events as readonly EventHandle[];
    for (let passed = 0; ; passed++) {
      const index = handles.findIndex(({ event }) => event.signalled);
      const found = handles[index]?.event;
      if (found && found.reset !== 'manual') found.signalled = false;
      if (index >= 0 || passed >= timeoutMs) return index;
      this.#advance(1);
    }
  }

  readonly resolutionMs = 1;

  clock(): Clock {
    return { lease: NO_LEASE, close: () => {} };
  }

  pause(ms: number): void {
    this.#advance(ms);
  }

  yieldProcessor(): void {
    this.#advance(1);
  }

  reclaim(): void {
    throw new Error('An endpoint reclaims nothing.');
  }

  #get<T extends FakeMemory | FakeEvent>(name: string, kind: new (size: number) => T, make?: () => T): T {
    const refusal = this.#refused.get(name);
    if (refusal) throw refusal;
    const found = this.#objects.get(name) ?? make?.();
    if (!found) throw new KernelError('OpenFileMappingW', ERROR.FILE_NOT_FOUND, 'The system says why.', name);
    if (!(found instanceof kind)) {
      throw new KernelError('OpenFileMappingW', ERROR.INVALID_HANDLE, 'The system says why.', name);
    }
    this.#objects.set(name, found);
    return found;
  }

  #event(event: FakeEvent): EventHandle {
    const set = () => {
      event.signalled = true;
    };
    return { event, token: 0n, lease: NO_LEASE, reset: event.reset, set, check: () => {}, close: this.#handle() };
  }

  #section(memory: FakeMemory): Section & WatchedSection {
    const { bytes } = memory;
    const within = (offset: number, length: number) => {
      if (offset < 0 || offset + length > bytes.length) throw new RangeError(`${offset}+${length} is outside.`);
      return bytes.subarray(offset, offset + length);
    };
    return {
      extent: bytes.length,
      uncommitted: memory.uncommitted,
      lease: NO_LEASE,
      read: (offset, target) => {
        target.set(within(offset, target.byteLength));
        if (offset > 0 || target.byteLength > HEADER_BYTES) this.afterRead();
        else this.afterHeader();
      },
      write: (offset, source) => within(offset, source.byteLength).set(source),
      loadU32: (offset) => memory.get(offset),
      storeU32: (offset, value) => void memory.put(offset, value),
      fill: (offset, length, value) => void within(offset, length).fill(value),
      check: () => {},
      rights: 4,
      isHeldByOthers: () => memory.isHeld,
      close: this.#handle(),
    };
  }

  /** Counts a new handle; the returned function closes it once. */
  #handle(): () => void {
    let open = true;
    this.handles++;
    return () => {
      if (open) this.handles--;
      open = false;
    };
  }
}
