import koffi from 'koffi';
import type { Lease, ReadableSection, Section, SectionFor, SectionUse, View, WatchedSection } from './kernel.ts';
import { addressOf, pinned } from './pinned.ts';

/** Where a view is in this process. An address is a plain number: user space ends far below 2^53. */
interface Mapping {
  readonly address: number;
  readonly extent: number;
  readonly uncommitted: number;
  /** The handle behind it, which outlives the thread that opened it; 0 for none. */
  readonly handle: number;
  readonly marker?: number;
}

/** What the operating system knows about the object behind a view, and how its pages can be lost while it is open. */
export interface Backing {
  /** The granted access mask. */
  rights(): number;
  /** See {@link WatchedSection.isHeldByOthers}. */
  isHeldByOthers(): boolean;
  /** Both throw {@link KernelError} if the pages are lost. */
  /** After each access: costs next to nothing. */
  checkAccess(): void;
  /** Asks the operating system. */
  check(): void;
}

/** The OS functions that copy between a view and JavaScript's memory. Lengths in bytes, never 0. */
interface MemoryFunctions {
  copy(target: number, address: number, length: number): void;
  copyOut(target: Uint8Array, address: number, length: number): void;
  copyIn(address: number, source: Uint8Array, length: number): void;
  memset(address: number, value: number, length: number): void;
  /** 0 if they are equal. */
  memcmp(address: number, other: number, length: number): number;
  /**
   * Stores an aligned 32-bit integer at once. Takes only integers, which koffi passes in half the time of an encode.
   */
  store32(address: number, value: number): void;
}

type Parts = readonly [name: string, view: Mapping, memory: MemoryFunctions, backing: Backing, release: () => void];

/**
 * A section mapped into this process. The adapters only differ in how they map, copy and release. `release` unmaps the
 * view and closes what is behind it; it is called once.
 */
export const mappedSection = <U extends SectionUse>(use: U, ...parts: Parts): SectionFor[U] =>
  new MAPPED[use](...parts);

/** See {@link Kernel.attachView}. */
export const attachedView = ({ address, extent }: Lease, { memcmp }: Pick<MemoryFunctions, 'memcmp'>): View => ({
  holds: (offset, bytes) => {
    const length = bytes.byteLength;
    if (!(offset >= 0 && offset + length <= extent))
      throw new RangeError(`Bytes ${offset} to ${offset + length} are outside a view of ${extent} bytes.`);
    return memcmp(address + offset, addressOf(bytes), length) === 0;
  },
});

class ReadableMapping implements ReadableSection {
  readonly extent: number;
  readonly uncommitted: number;
  readonly lease: Lease;
  readonly #name: string;
  protected readonly memory: MemoryFunctions;
  protected readonly backing: Backing;
  readonly #release: () => void;
  /** 0 once closed. */
  #address: number;

  constructor(...[name, view, memory, backing, release]: Parts) {
    this.#name = name;
    this.#address = view.address;
    this.extent = view.extent;
    this.uncommitted = view.uncommitted;
    this.lease = view;
    this.memory = memory;
    this.backing = backing;
    this.#release = release;
  }

  read(offset: number, target: Uint8Array): void {
    const length = target.byteLength;
    const address = this.at(offset, length);
    const pinnedAt = addressOf(target);
    if (pinnedAt !== undefined) this.memory.copy(pinnedAt, address, length);
    else if (length > 0) this.memory.copyOut(target, address, length);
    this.backing.checkAccess();
  }

  loadU32(offset: number): number {
    const value = koffi.decode.uint32(this.aligned(offset));
    fence();
    this.backing.checkAccess();
    return value;
  }

  check(): void {
    this.at(0, 0);
    this.backing.check();
  }

  close(): void {
    if (this.#address === 0) return;
    this.#address = 0;
    this.#release();
  }

  protected aligned(offset: number): number {
    if (offset % 4 !== 0) throw new RangeError(`Offset ${offset} of section "${this.#name}" is not a multiple of 4.`);
    return this.at(offset, 4);
  }

  protected at(offset: number, length: number): number {
    if (this.#address === 0) throw new Error(`The section "${this.#name}" is closed.`);
    if (!(Number.isInteger(offset) && offset >= 0 && length >= 0 && offset + length <= this.extent)) {
      throw new RangeError(
        `Bytes ${offset} to ${offset + length} are outside section "${this.#name}", which has ${this.extent}.`,
      );
    }
    return this.#address + offset;
  }
}

class WatchedMapping extends ReadableMapping implements WatchedSection {
  get rights(): number {
    this.at(0, 0);
    return this.backing.rights();
  }

  isHeldByOthers(): boolean {
    this.at(0, 0);
    return this.backing.isHeldByOthers();
  }
}

/** Staging memory for short writes: copying twice is faster than passing an array. */
const staged = pinned(1024);

class MappedSection extends ReadableMapping implements Section {
  write(offset: number, source: Uint8Array): void {
    const length = source.byteLength;
    const address = this.at(offset, length);
    if (length > staged.length) this.memory.copyIn(address, source, length);
    else if (length > 0) {
      staged.set(source);
      this.memory.copy(address, addressOf(staged), length);
    }
    this.backing.checkAccess();
  }

  storeU32(offset: number, value: number): void {
    const address = this.aligned(offset);
    fence();
    this.memory.store32(address, value);
    this.backing.checkAccess();
  }

  fill(offset: number, length: number, value: number): void {
    const address = this.at(offset, length);
    if (length > 0) this.memory.memset(address, value, length);
    this.backing.checkAccess();
  }
}

const MAPPED: { readonly [U in SectionUse]: new (...parts: Parts) => SectionFor[U] } = {
  read: WatchedMapping,
  write: MappedSection,
};

const fenceWord = new Int32Array(new SharedArrayBuffer(4));

/**
 * Keeps the accesses before it from moving past those after it: a flag is loaded before its data, and stored after it.
 * x86 orders them anyway. On ARM a sequentially consistent store and load (stlr, ldar) make the barrier.
 */
function fence(): void {
  Atomics.store(fenceWord, 0, 0);
  Atomics.load(fenceWord, 0);
}
