import { DEFAULT_BUFFER_SIZE, MAX_BUFFER_SIZE } from '../../shared/domain.ts';
import type { RecordDraft } from '../../shared/log.ts';
import type { EndpointSnapshot, OpenEndpoint } from '../../shared/session.ts';
import { can, laneOf } from '../../shared/session-kind.ts';
import type { EncodingChoice } from '../../shared/text/encodings.ts';
import type { CompiledTypes } from '../../shared/types/compiled/compiled.ts';
import type { LoadedResponder } from '../responder/load.ts';
import type { Session } from '../session/session.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import { isStdin, readMessageFile } from './message-file.ts';
import { checkOutput, type OutputOptions, type OutputTarget } from './output-target.ts';
import { RecordOutput } from './record-output.ts';
import { runSession } from './run-session.ts';
import { checkSteps, type Step, sentFiles } from './steps.ts';
import { fieldsReader } from './type-options.ts';

export interface EndpointOptions {
  readonly open: OpenEndpoint;
  readonly steps: readonly Step[];
  /** For each receive, in ms; null waits without a limit. */
  readonly timeoutMs: number | null;
  /** How payloads are read. */
  readonly readAs: EncodingChoice;
  /** Types of the messages, for their fields and for payloads that don't fit them. */
  readonly types: CompiledTypes;
  /** The rules by which it responds; null: none. */
  readonly responder: LoadedResponder | null;
  readonly output: OutputOptions;
  /** Files that were read for other options. */
  readonly inputs: readonly string[];
  readonly workerPath: string;
}

/**
 * Opens one end of a channel, performs the steps, prints every record, closes. Everything that can be checked is
 * checked before it is opened.
 */
export async function runEndpoint(options: EndpointOptions): Promise<ExitStatus> {
  await checkSteps(options.steps, knownCapacity(options.open));
  const sent = sentFiles(options.steps).filter((file) => !isStdin(file));
  return runOpen(options, await checkOutput(options.output, [...sent, ...options.inputs]));
}

/** The most bytes of a message, as far as known before the channel is open. */
function knownCapacity({ role, layout, bufferSize }: OpenEndpoint): number {
  if (layout === 'fixed' || layout === 'fixed64') return DEFAULT_BUFFER_SIZE;
  return can('endpoint', role, 'create') ? bufferSize : MAX_BUFFER_SIZE;
}

function runOpen(options: EndpointOptions, target: OutputTarget): Promise<ExitStatus> {
  const output = new RecordOutput(options.readAs, fieldsReader(options.types));
  if (target.isStdout) output.begin(process.stdout);
  return runSession({ ...options, sink: output, failed: output.failed }, async (session, signal) => {
    if (!target.isStdout) output.begin(await target.open(signal));
    return new EndpointRun(session, output, options, signal).all();
  }).finally(() => output.close());
}

class EndpointRun {
  readonly #session: Session;
  readonly #output: RecordOutput;
  readonly #options: EndpointOptions;
  readonly #signal: AbortSignal;

  constructor(session: Session, output: RecordOutput, options: EndpointOptions, signal: AbortSignal) {
    this.#session = session;
    this.#output = output;
    this.#options = options;
    this.#signal = signal;
  }

  async all(): Promise<ExitStatus> {
    const { steps, responder } = this.#options;
    if (responder) await this.#session.call({ type: 'setResponder', responder });
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
        await this.#session.call({ type: 'send', bytes: step.bytes });
        return EXIT.done;
      case 'send-file': {
        const bytes = await readMessageFile(
          step.file,
          (this.#session.snapshot(0) as EndpointSnapshot).capacity,
          this.#signal,
        );
        await this.#session.call({ type: 'send', bytes });
        return EXIT.done;
      }
      case 'send-close':
        await this.#session.call({ type: 'sendClose' });
        return EXIT.done;
      case 'receive':
        return this.#receive(step.count);
    }
  }

  async #receive(count: number): Promise<ExitStatus> {
    for (let received = 0; received < count; ) {
      const result = this.#nextResult();
      await this.#session.call({ type: 'receive', mode: { mode: 'once', timeoutMs: this.#options.timeoutMs } });
      const { kind } = await result;
      if (kind === 'timeout') return EXIT.timeout;
      if (kind === 'error') return EXIT.error;
      if (kind === 'message') received++;
      else if (!this.#options.open.reconnect) return EXIT.peerExited;
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
    const incoming = laneOf(this.#options.open.role, 'in');
    return new Promise((resolve) => {
      const undo = this.#output.onRecord((record) => {
        if (record.lane !== incoming || record.kind === 'anomaly') return;
        undo();
        resolve(record);
      });
    });
  }

  /** A section disappears with its last holder: leaving before the peer has read would lose the message. */
  async #lastMessageRead(): Promise<ExitStatus> {
    const limitMs = this.#options.timeoutMs ?? Number.POSITIVE_INFINITY;
    const read = await this.#session.call<boolean>({ type: 'awaitRead', limitMs });
    if (read) return EXIT.done;
    process.stderr.write(`shmscope: the peer did not read the last message within ${limitMs} ms.\n`);
    return EXIT.timeout;
  }
}
