import { FLAG, type Lane, type Layout } from '../../../shared/domain.ts';
import { geometry } from '../layout.ts';
import { FakeKernel, FakeMemory, NAMES, utf8 } from '../testing.ts';
import { Tap } from './tap.ts';
import { Ear } from './testing.ts';

export const CAPACITY = 64;

/** A channel in memory with the ends of a crate on it, and a tap that looks when told to. */
export function open({
  layout = 'sized' as Layout,
  capacity = CAPACITY,
  tapAs = 'auto' as Layout | 'auto',
  prepare = (_: Ends) => {},
} = {}) {
  const kernel = new FakeKernel(() => {});
  const memory = kernel.strange(new FakeMemory(geometry(layout, capacity).sectionBytes));
  const ends = new Ends(memory, layout, capacity);
  ends.start();
  prepare(ends);
  const ear = new Ear();
  const clock = { ms: 0 };
  const events = { s2c: kernel.openEventState(NAMES.eventS2c), c2s: kernel.openEventState(NAMES.eventC2s) };
  const section = kernel.openSection(NAMES.section, 'read');
  const tap = new Tap({ section, events }, { name: NAMES.section, layout: tapAs, now: () => clock.ms }, ear);
  /** Looks this often, a millisecond apart. */
  const look = (times = 1) => {
    for (; times > 0; times--, clock.ms++) tap.look();
  };
  return { kernel, memory, ends, ear, clock, tap, look };
}

/** Both ends of a channel, represented by the bytes that they leave. */
export class Ends {
  readonly memory: FakeMemory;
  #layout: Layout;
  #capacity: number;

  constructor(memory: FakeMemory, layout: Layout, capacity: number) {
    this.memory = memory;
    this.#layout = layout;
    this.#capacity = capacity;
  }

  get #geometry() {
    return geometry(this.#layout, this.#capacity);
  }

  /** A server starts, in a layout of its own if need be. */
  start(layout = this.#layout, capacity = this.#capacity): void {
    this.#layout = layout;
    this.#capacity = capacity;
    this.memory.bytes.fill(0);
    if (this.#geometry.spec.bufferSize !== null) this.memory.put(0, capacity);
  }

  write(lane: Lane, text: string): void {
    const { data, capacity } = this.#geometry;
    this.memory.bytes.fill(0, data[lane], data[lane] + capacity);
    this.memory.bytes.set(utf8(text), data[lane]);
  }

  length(lane: Lane, length: number): void {
    const { spec } = this.#geometry;
    this.memory.put(spec.length[lane], length, ...(spec.lengthBytes === 8 ? [0] : []));
  }

  flag(lane: Lane, flag: number): void {
    this.memory.put(this.#geometry.spec.flag[lane], flag);
  }

  send(lane: Lane, text: string): void {
    this.write(lane, text);
    this.length(lane, utf8(text).length);
    this.flag(lane, FLAG.sent);
  }

  read(lane: Lane): void {
    this.flag(lane, FLAG.read);
  }

  /** Sends a message and reads it, too fast to be seen unread. */
  pass(lane: Lane, text: string): void {
    this.send(lane, text);
    this.read(lane);
  }
}
