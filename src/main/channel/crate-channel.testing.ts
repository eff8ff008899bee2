import { LAYOUTS, type Lane, type Layout, type Role } from '../../shared/domain.ts';
import type { Roll } from '../../shared/seeded-random.testing.ts';
import { senderOf } from '../../shared/session-kind.ts';
import { SectionBytes } from './section-bytes.ts';
import { FakeMemory } from './testing.ts';

/** Offsets as in the crate's versions, written down independently of the program's own. */
const WIRE = {
  fixed64: { flag: { s2c: 0, c2s: 4 }, length: { s2c: 8, c2s: 16 }, data: 24, isWide: true },
  fixed: { flag: { s2c: 0, c2s: 4 }, length: { s2c: 8, c2s: 12 }, data: 16, isWide: false },
  sized: { flag: { s2c: 4, c2s: 8 }, length: { s2c: 12, c2s: 16 }, data: 24, isWide: false },
} as const;
const FIXED_SIZE = 16384;
const SAMPLE_BYTES = 32792;

export const beginning = (bytes: Uint8Array): SectionBytes =>
  new SectionBytes({ from: 0, bytes: bytes.slice(0, SAMPLE_BYTES) });

/** A section as peers of the crate treat it, each in its own layout. */
export class CrateChannel {
  readonly memory: FakeMemory;
  readonly #layouts: Readonly<Record<Role, Layout>>;
  readonly #sizes: Record<Role, number>;
  /** A program not using the crate may leave what was in the buffer. */
  zeroes = true;

  /** The server's start, and the client's; `over` is an existing section. */
  constructor(
    server: Layout,
    size = FIXED_SIZE,
    { client = server, over }: { client?: Layout; over?: FakeMemory } = {},
  ) {
    this.#layouts = { server, client };
    const own = server === 'sized' ? size : FIXED_SIZE;
    const bytes = WIRE[server].data + 2 * own;
    this.memory = over && over.bytes.length >= bytes ? over : new FakeMemory(bytes);
    this.memory.bytes.fill(0, 0, bytes);
    if (server === 'sized') this.memory.put(0, size);
    this.#sizes = { server: own, client: FIXED_SIZE };
    this.join();
  }

  /** The client's start: a `sized` one takes what is at offset 0 for the buffer size, unchecked. */
  join(): this {
    if (this.#layouts.client === 'sized') this.#sizes.client = this.memory.get(0);
    return this;
  }

  /** Of the server. */
  get room(): number {
    return this.#sizes.server;
  }

  /** Its sender's slot, length and flag are where its sender believes them to be; what is too long is truncated. */
  send(lane: Lane, message: Uint8Array): this {
    const sender = senderOf(lane);
    const { flag, length, data, isWide } = WIRE[this.#layouts[sender]];
    const size = this.#sizes[sender];
    const begin = data + (lane === 'c2s' ? size : 0);
    const sent = message.subarray(0, size);
    if (this.zeroes) this.memory.bytes.fill(0, begin, begin + size);
    this.memory.bytes.set(sent, begin);
    this.memory.put(length[lane], sent.byteLength, ...(isWide ? [0] : []));
    this.memory.put(flag[lane], 1);
    return this;
  }

  /** The other side looks at its flag of the lane, and says that it has read if something seems to have been sent. */
  read(lane: Lane): this {
    const reader = senderOf(lane) === 'server' ? 'client' : 'server';
    const at = WIRE[this.#layouts[reader]].flag[lane];
    if (this.memory.get(at) === 1) this.memory.put(at, 2);
    return this;
  }

  exit(lane: Lane): this {
    this.memory.put(WIRE[this.#layouts[senderOf(lane)]].flag[lane], 3);
    return this;
  }

  get sample(): SectionBytes {
    return beginning(this.memory.bytes);
  }
}

export const numbers = (...values: number[]) => new Uint8Array(Uint32Array.from(values).buffer);
export const nuls = (count: number) => new Uint8Array(count);
export const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
export const text = (roll: Roll, length: number) => Uint8Array.from({ length }, () => 32 + roll(95));

/** What programs send, and what is most easily taken for a header. */
function payload(roll: Roll, room: number): Uint8Array {
  const length = [roll(8), roll(40), roll(300), room - roll(20), room][roll(5)] as number;
  switch (roll(9)) {
    case 0:
      return nuls(Math.max(0, length));
    case 1:
      return Uint8Array.from({ length: Math.max(0, length) }, () => roll(256));
    case 2:
      return join(nuls(8 * roll(4)), text(roll, roll(20)));
    case 3:
      return join(text(roll, roll(20)), nuls(roll(60)));
    case 4:
      return numbers(...Array.from({ length: roll(8) }, () => roll(4)));
    case 5:
      return numbers(roll(17000), 0, roll(4), roll(4), roll(40), 0);
    case 6:
      return join(numbers(64 + roll(20000), roll(4), roll(4), roll(30), roll(30), 0), nuls(roll(9)));
    case 7:
      return join(numbers(roll(30), 0), nuls(roll(20)), text(roll, roll(12)));
    default:
      return text(roll, Math.max(0, length));
  }
}

/** One event on a channel of any layout: a message of any kind, a reading, an exit. */
export function step(roll: Roll, channel: CrateChannel): void {
  const lane = roll(2) === 0 ? 's2c' : 'c2s';
  if (roll(8) === 0) channel.exit(lane);
  else channel.send(lane, payload(roll, channel.room));
  if (roll(3) > 0) channel.read(lane);
}

export function someChannel(roll: Roll, layout: Layout, over?: FakeMemory): CrateChannel {
  const size = [1 + roll(70), 64 + roll(4000), 16384, 16300 + roll(2200), 40_000][roll(5)];
  return new CrateChannel(layout, size, over && { over });
}

export const anyLayout = (roll: Roll): Layout => LAYOUTS[roll(LAYOUTS.length)] as Layout;
