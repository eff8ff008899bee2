import { rmSync } from 'node:fs';
import path from 'node:path';
import { ShmscopeError } from '../../shared/failure.ts';
import type { OpenTap } from '../../shared/session.ts';
import { totalMessages } from '../../shared/session-counts.ts';
import type { EncodingChoice } from '../../shared/text/encodings.ts';
import type { CompiledTypes } from '../../shared/types/compiled/compiled.ts';
import { typesFor } from '../../shared/types/compiled/prune.ts';
import { openCapture } from '../capture/capture.ts';
import type { RecordSink } from '../session/registry.ts';
import type { Session } from '../session/session.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import { checkOutput, type OutputOptions } from './output-target.ts';
import { RecordOutput } from './record-output.ts';
import { runSession } from './run-session.ts';
import { fieldsReader } from './type-options.ts';

export interface TapCommandOptions {
  readonly open: OpenTap;
  /** Ends after this many messages; null: when both ends have let go of the channel. */
  readonly receive: number | null;
  /** ms without a message after which it ends; null without a limit. */
  readonly timeoutMs: number | null;
  readonly readAs: EncodingChoice;
  /** Types of the messages, for their fields and for payloads that don't fit them. */
  readonly types: CompiledTypes;
  readonly output: OutputOptions;
  /** Files that were read for other options. */
  readonly inputs: readonly string[];
  /** A capture to create instead of the output. */
  readonly capture: string | undefined;
  readonly workerPaths: { readonly session: string; readonly capture: string; readonly discovery: string };
}

/** Looks at a channel, and prints or captures every record. */
export function runTap(options: TapCommandOptions): Promise<ExitStatus> {
  return options.capture === undefined ? print(options) : captureTo(options.capture, options);
}

async function print(options: TapCommandOptions): Promise<ExitStatus> {
  const target = await checkOutput(options.output, options.inputs);
  let messages = 0;
  const output = new RecordOutput(
    options.readAs,
    fieldsReader(options.types),
    ({ kind }) => kind === 'message' && ++messages === options.receive,
  );
  if (target.isStdout) output.begin(process.stdout);
  const watch = new Watch(options, () => messages);
  output.onRecord(() => watch.look());
  const { open, types } = options;
  const { session: workerPath, discovery: discoveryPath } = options.workerPaths;
  const run = { open, types, workerPath, discoveryPath, sink: output, failed: output.failed };
  return runSession(run, async (session, signal) => {
    if (!target.isStdout) output.begin(await target.open(signal));
    return watch.ended(session, signal, output);
  }).finally(() => output.close());
}

async function captureTo(file: string, options: TapCommandOptions): Promise<ExitStatus> {
  const { session: workerPath, capture: captureWorker, discovery: discoveryPath } = options.workerPaths;
  const place = { folder: path.dirname(path.resolve(file)), name: path.basename(file) };
  const capture = await openCapture({ ...place, workerPath: captureWorker });
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => {});
  capture.onChange(() => {
    if (capture.state.state !== 'capturing') failure.reject(new ShmscopeError('capture-failed', capture.state.reason));
  });
  let session: Session | undefined;
  const watch = new Watch(options, () => (session ? totalMessages(session.snapshot(0).counts) : 0));
  const { open, types } = options;
  const sink: RecordSink = {
    committed: (id) => capture.committed(id),
    connect: (about) => {
      const port = capture.connect(about);
      // Its records report it if it can't be written.
      capture.setTypes({ session: about.id, types: typesFor(types, about.section) }).catch(() => {});
      return port;
    },
  };
  const onChange = () => watch.look();
  const run = { open, types, workerPath, discoveryPath, sink, failed: failure.promise, onChange };
  try {
    return await runSession(run, (opened, signal) => {
      session = opened;
      return watch.ended(opened, signal, { drained: opened.ended });
    });
  } finally {
    await capture.close();
    // Nothing was ever open, so it is empty.
    if (!session) rmSync(capture.file, { force: true });
  }
}

/** Tells when a tap has seen what was requested. */
class Watch {
  readonly #options: TapCommandOptions;
  readonly #messages: () => number;
  readonly #result = Promise.withResolvers<ExitStatus>();
  #seen = 0;
  #seenAt = 0;

  /** `messages` counts the recorded ones. */
  constructor(options: TapCommandOptions, messages: () => number) {
    this.#options = options;
    this.#messages = messages;
  }

  /** Call it when there may be more messages. */
  look(): void {
    const messages = this.#messages();
    if (messages === this.#seen) return;
    this.#seen = messages;
    this.#seenAt = performance.now();
    if (messages >= (this.#options.receive ?? Number.POSITIVE_INFINITY)) this.#result.resolve(EXIT.done);
  }

  /** `records.drained`: the last thing it saw has arrived. */
  ended(session: Session, signal: AbortSignal, records: { readonly drained: Promise<void> }): Promise<ExitStatus> {
    this.#seenAt = performance.now();
    this.look();
    const stop = this.#timeOut();
    signal.addEventListener('abort', stop);
    session.ended
      .then(() => records.drained)
      .then(() => !session.failure && setImmediate(() => this.#result.resolve(EXIT.peerExited)));
    return this.#result.promise.finally(stop);
  }

  /** Returns the reason for ending it. */
  #timeOut(): () => void {
    const { timeoutMs } = this.#options;
    if (timeoutMs === null) return () => {};
    const check = (): void => {
      const left = this.#seenAt + timeoutMs - performance.now();
      if (left <= 0) this.#result.resolve(EXIT.timeout);
      else timer = setTimeout(check, left);
    };
    let timer = setTimeout(check, timeoutMs);
    return () => clearTimeout(timer);
  }
}
