/** The other process, or the other thread, of the contracts. */
import { parentPort, workerData } from 'node:worker_threads';
import { openKernel } from './open.ts';

/** What a peer is told to do: the arguments of its role. */
export type Order =
  /** Creates and marks a section and an event, prints `ready`, and holds them until `quit`. */
  | { role: 'hold'; section: string; event: string; mark: number; ready: string; quit: string }
  /** Adds 1 to the first u32 of `section` each time `ask` is set, and answers with `answer`. */
  | { role: 'add'; section: string; ask: string; answer: string; rounds: number }
  /** Posts 'waiting', waits, and posts the result. */
  | { role: 'wait'; token: bigint; timeoutMs: number }
  /**
   * Creates a section and an event, looks at them, opens another event, waits shortly, posts the leases of all that,
   * and ends without closing them.
   */
  | { role: 'die'; section: string; event: string; token: bigint }
  /** Posts 'waiting', waits for `go`, creates the section and posts whether it existed; holds it until told to end. */
  | { role: 'create'; section: string; token: bigint };

const PATIENCE_MS = 20_000;

const kernel = await openKernel();
const order: Order = parentPort ? workerData : JSON.parse(process.argv[2] ?? '');

switch (order.role) {
  case 'hold': {
    const { section } = kernel.createSection(order.section, 4096);
    kernel.createEvent(order.event);
    section.storeU32(0, order.mark);
    kernel.openEvent(order.ready).set();
    kernel.waitAny([kernel.openEvent(order.quit)], PATIENCE_MS);
    break;
  }
  case 'add': {
    const section = kernel.openSection(order.section, 'write');
    const [ask, answer] = [kernel.openEvent(order.ask), kernel.openEvent(order.answer)];
    for (let round = 0; round < order.rounds; round++) {
      if (kernel.waitAny([ask], PATIENCE_MS) !== 0) process.exit(1);
      section.storeU32(0, section.loadU32(0) + 1);
      answer.set();
    }
    break;
  }
  case 'wait': {
    const event = kernel.attachEvent(order.token);
    parentPort?.postMessage('waiting');
    parentPort?.postMessage(kernel.waitAny([event], order.timeoutMs));
    event.close();
    break;
  }
  case 'die': {
    const { section } = kernel.createSection(order.section, 4096);
    const { event } = kernel.createEvent(order.event);
    const attached = kernel.attachEvent(order.token);
    const looks = [kernel.openSection(order.section, 'read'), kernel.openEventState(order.event)];
    kernel.waitAny([attached], 0.5);
    parentPort?.postMessage([section, event, attached, kernel.clock(), ...looks].map(({ lease }) => lease));
    // Like a thread that has run out of memory: none of its own code runs any more.
    setImmediate(() => process.exit(7));
    break;
  }
  case 'create': {
    const go = kernel.attachEvent(order.token);
    parentPort?.postMessage('waiting');
    kernel.waitAny([go], PATIENCE_MS);
    go.set();
    const { section, existed } = kernel.createSection(order.section, 4096);
    parentPort?.postMessage(existed);
    parentPort?.once('message', () => {
      section.close();
      go.close();
      parentPort?.close();
    });
  }
}
