import { ShmscopeError } from '../../shared/failure.ts';
import type { RecordDraft } from '../../shared/log.ts';
import type { OpenOptions } from '../../shared/session.ts';
import { openKernel } from '../kernel/open.ts';
import { SessionRegistry } from '../session/registry.ts';
import type { Session } from '../session/session.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import { RecordOutput } from './record-output.ts';
import type { Step } from './steps.ts';

export interface EndpointOptions {
  readonly open: OpenOptions;
  readonly steps: readonly Step[];
  /** For each receive, ms; null waits without a limit. */
  readonly timeoutMs: number | null;
  readonly output: string | undefined;
  readonly workerPath: string;
}

/** Opens one end of a channel, does the steps, prints every record, closes. */
export async function runEndpoint(options: EndpointOptions): Promise<ExitStatus> {
  const kernel = await openKernel();
  const output = await RecordOutput.open(options.output);
  const registry = new SessionRegistry({
    kernel,
    sink: output,
    workerPath: options.workerPath,
    onChange: () => {},
    spare: 0,
  });
  const interrupted = interruption();
  try {
    const { id } = await registry.open(options.open);
    const session = registry.get(id);
    const run = new EndpointRun(session, output, options);
    return await Promise.race([run.all(), interrupted.promise, diedOf(session), output.failed]);
  } finally {
    interrupted.dispose();
    await registry.close();
    await output.close();
  }
}

class EndpointRun {
  readonly #session: Session;
  readonly #output: RecordOutput;
  readonly #options: EndpointOptions;

  constructor(session: Session, output: RecordOutput, options: EndpointOptions) {
    this.#session = session;
    this.#output = output;
    this.#options = options;
  }

  async all(): Promise<ExitStatus> {
    const { steps } = this.#options;
    if (steps.length === 0) return this.#watch();
    for (const step of steps) {
      const status = await this.#step(step);
      if (status !== EXIT.done) return status;
    }
    return this.#lastMessageRead();
  }

  async #step(step: Step): Promise<ExitStatus> {
    switch (step.type) {
      case 'send':
        await this.#session.call({ type: 'send', bytes: step.bytes() });
        return EXIT.done;
      case 'send-close':
        await this.#session.call({ type: 'sendClose' });
        return EXIT.done;
      case 'receive':
        return this.#receive(step.count);
    }
  }

  async #receive(count: number): Promise<ExitStatus> {
    for (let received = 0; received < count; received++) {
      const result = this.#nextResult();
      await this.#session.call({ type: 'receive', mode: { mode: 'once', timeoutMs: this.#options.timeoutMs } });
      const { kind } = await result;
      if (kind === 'timeout') return EXIT.timeout;
      if (kind === 'exit') return EXIT.peerExited;
      if (kind === 'error') return EXIT.error;
    }
    return EXIT.done;
  }

  /** Receives until the peer says exit. */
  async #watch(): Promise<ExitStatus> {
    for (;;) {
      const status = await this.#receive(Number.MAX_SAFE_INTEGER);
      if (status !== EXIT.timeout) return status;
    }
  }

  #nextResult(): Promise<RecordDraft> {
    return new Promise((resolve) => {
      const undo = this.#output.onRecord((record) => {
        if (record.direction !== 'in' || record.kind === 'anomaly') return;
        undo();
        resolve(record);
      });
    });
  }

  /** A section goes with its last holder: leaving before the peer has read would lose the message. */
  async #lastMessageRead(): Promise<ExitStatus> {
    const limitMs = this.#options.timeoutMs ?? Number.POSITIVE_INFINITY;
    const read = await this.#session.call<boolean>({ type: 'awaitRead', limitMs });
    if (read) return EXIT.done;
    process.stderr.write(`shmscope: the peer did not read the last message within ${limitMs} ms.\n`);
    return EXIT.timeout;
  }
}

function interruption(): { promise: Promise<ExitStatus>; dispose: () => void } {
  const { promise, resolve } = Promise.withResolvers<ExitStatus>();
  const stop = () => resolve(EXIT.done);
  process.once('SIGINT', stop).once('SIGTERM', stop);
  return { promise, dispose: () => process.off('SIGINT', stop).off('SIGTERM', stop) };
}

async function diedOf(session: Session): Promise<never> {
  await session.ended;
  const { failure } = session;
  if (failure) throw new ShmscopeError(failure.code, failure.message, failure.os);
  return new Promise(() => {});
}
