import { constants } from 'node:os';
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';
import koffi from 'koffi';
import { MAP_ANONYMOUS, MAP_FIXED, MAP_PRIVATE, mmap, PROT_READ_WRITE, sigaction } from './libc.ts';

/*
 * If another program truncates the file, the pages of our view are gone, and touching one raises SIGBUS, which would
 * end the process with all its sessions. So does a page that was never written when the file system is full. No check
 * beforehand can rule it out, and reading and writing through the file instead of the view would add a microsecond per
 * message. So the signal is handled: zeros are mapped where the view was, the access that raised it continues with
 * those, and its caller finds the view lost and throws.
 *
 * The handler is a JavaScript function, but a safe one: the signal is raised by our own access, at a known place that
 * holds no lock. A signal raised on a worker waits until the main thread's event loop has run the handler. Linux only:
 * elsewhere the layout of a handler's arguments differs, and nothing is changed.
 */

/** More views than sessions can be open. */
const MOST = 1024;
const KEY = 'shmscope: views';
const [FREE, HELD, LOST] = [0, 1, 2];
/** `struct sigaction` and `siginfo_t` of 64-bit Linux. */
const SIGACTION = { bytes: 152, handler: 0, flags: 136 } as const;
const SA_SIGINFO = 4;
const SI_CODE = 8;
const SI_ADDR = 16;
const { SIGBUS } = constants.signals;

/** All views of this process, in memory shared by its threads. */
interface Views {
  /** FREE, HELD or LOST. */
  readonly states: Int32Array;
  /** An address and a size each. */
  readonly spans: Float64Array;
}

const views = sharedViews();

/** A view whose loss is noticed. */
export class GuardedView {
  readonly address: number;
  readonly #at: number;

  /** The result of `map`, and the `bytes` from there on. */
  constructor(map: () => number, bytes: number) {
    this.#at = views.states.findIndex((_, at) => Atomics.compareExchange(views.states, at, FREE, HELD) === FREE);
    if (this.#at < 0) throw new Error(`More than ${MOST} sections are open in this process.`);
    try {
      this.address = map();
    } catch (error) {
      releaseAt(this.#at);
      throw error;
    }
    views.spans.set([this.address, bytes], 2 * this.#at);
  }

  /** An access has hit a page that was gone. From then on reads return zeros, and nobody sees what is written. */
  get lost(): boolean {
    return views.states[this.#at] === LOST;
  }

  release(): void {
    releaseAt(this.#at);
  }
}

/** Of a thread that is gone. */
export function releaseView(address: number): void {
  const at = views.spans.indexOf(address);
  if (at >= 0) releaseAt(at / 2);
}

function releaseAt(at: number): void {
  views.spans.fill(0, 2 * at, 2 * at + 2);
  Atomics.store(views.states, at, FREE);
}

/** Created by the main thread before any other runs. */
function sharedViews(): Views {
  const known = getEnvironmentData(KEY) as Views | undefined;
  if (known) return known;
  const fresh = {
    states: new Int32Array(new SharedArrayBuffer(4 * MOST)),
    spans: new Float64Array(new SharedArrayBuffer(16 * MOST)),
  };
  if (isMainThread && process.platform === 'linux') {
    setEnvironmentData(KEY, fresh as never);
    takeSignal(fresh);
  }
  return fresh;
}

function takeSignal({ states, spans }: Views): void {
  const before = Buffer.alloc(SIGACTION.bytes);
  const onBusError = (_signal: number, info: unknown) => {
    const address = Number(koffi.decode(info, SI_ADDR, 'uint64_t'));
    const at = states.findIndex((state, view) => state !== FREE && isWithin(address, spans, view));
    if (at >= 0 && putZeros(spans[2 * at] as number, spans[2 * at + 1] as number)) {
      Atomics.store(states, at, LOST);
      return;
    }
    // Not ours: the access is repeated and ends as it would have; so does a signal that a program sent.
    sigaction(SIGBUS, before, null);
    if (koffi.decode(info, SI_CODE, 'int') <= 0) process.kill(process.pid, SIGBUS);
  };
  const handler = koffi.register(
    onBusError,
    koffi.pointer(koffi.proto('void (int signal, void *info, void *context)')),
  );
  const action = Buffer.alloc(SIGACTION.bytes);
  action.writeBigUInt64LE(handler, SIGACTION.handler);
  action.writeInt32LE(SA_SIGINFO, SIGACTION.flags);
  sigaction(SIGBUS, action, before);
}

function isWithin(address: number, spans: Float64Array, view: number): boolean {
  const start = spans[2 * view] as number;
  return address >= start && address < start + (spans[2 * view + 1] as number);
}

const putZeros = (address: number, bytes: number): boolean =>
  mmap(address, bytes, PROT_READ_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) === address;
