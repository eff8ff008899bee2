import { ShmscopeError } from '../../../shared/failure.ts';
import { safeJson } from '../../../shared/json-record.ts';
import type { ReplayProgress, ReplayResult } from '../../../shared/replay/replay.ts';
import type { EndpointSnapshot, OpenEndpoint } from '../../../shared/session.ts';
import type { CompiledTypes } from '../../../shared/types/compiled/compiled.ts';
import type { FeedTask } from '../../capture/replay/task.ts';
import { Replayer } from '../../replay/replayer.ts';
import type { Session } from '../../session/session.ts';
import { EXIT, PipeClosed } from '../exit-status.ts';
import { checkOutput, type OutputOptions } from '../output-target.ts';
import { Progress } from '../progress.ts';
import { RecordOutput } from '../record-output.ts';
import { runSession } from '../run-session.ts';
import { writeWhole, written } from '../written.ts';
import { replayJunit } from './junit.ts';
import { QuietSink } from './quiet-sink.ts';
import { reportLines } from './report.ts';
import { stepsFrom } from './steps.ts';

export interface ReplayOptions {
  readonly task: FeedTask;
  readonly open: OpenEndpoint;
  /** By which replies are compared; undefined: as the capture says. */
  readonly types: CompiledTypes | undefined;
  /** Where records go; null: nowhere. */
  readonly output: OutputOptions | null;
  readonly asJson: boolean;
  /** Where a report for CI servers goes; null: nowhere. */
  readonly junit: OutputOptions | null;
  readonly workers: { readonly session: string; readonly replay: string };
}

const STATUS: Readonly<Record<ReplayResult, number>> = {
  ...{ sent: EXIT.done, same: EXIT.done, stopped: EXIT.done },
  ...{ differs: EXIT.error, timeout: EXIT.timeout, 'peer-left': EXIT.peerExited, failed: EXIT.usage },
};

/** Replays a capture, and prints what it came to. The capture is looked through before the channel is opened. */
export async function runReplay(options: ReplayOptions): Promise<number> {
  const replayer = new Replayer(options.workers.replay);
  try {
    const junit = options.junit && (await checkOutput(options.junit, [options.task.file]));
    const at = Date.now();
    const ended = await run(replayer, options);
    if (!ended) return EXIT.done;
    if (junit) await writeWhole(junit, replayJunit(ended, { compares: options.task.plan.compare, at }));
    if (junit?.isStdout) return STATUS[ended.result ?? 'stopped'];
    const text = options.asJson ? safeJson(ended) : reportLines(ended).join('\n');
    return (await written(`${text}\n`)) ? STATUS[ended.result ?? 'stopped'] : EXIT.pipeClosed;
  } catch (error) {
    if (error instanceof PipeClosed) return EXIT.pipeClosed;
    if (!(error instanceof ShmscopeError)) throw error;
    process.stderr.write(`shmscope: ${error.message}\n`);
    return error.code === 'no-server' ? EXIT.timeout : EXIT.usage;
  } finally {
    await replayer.close();
  }
}

/** What it came to; undefined where the user ended it before it had begun. */
async function run(replayer: Replayer, options: ReplayOptions): Promise<ReplayProgress | undefined> {
  const { task, open, types, output } = options;
  const target = output && (await checkOutput(output));
  const prepared = await replayer.prepare(task);
  if (prepared.head.damage) process.stderr.write(`shmscope: ${prepared.head.damage}\n`);
  const sink = target ? new RecordOutput('utf-8') : new QuietSink();
  let look = () => {};
  let session: Session | undefined;
  const progress = new Progress(!task.plan.step);
  const run = { open, workerPath: options.workers.session, sink, failed: sink.failed, onChange: () => look() };
  try {
    await runSession(run, async (opened, signal) => {
      session = opened;
      if (target && sink instanceof RecordOutput) sink.begin(await target.open(signal));
      await prepared.start(opened, types);
      const steps = task.plan.step ? stepsFrom(opened) : undefined;
      await new Promise<void>((resolve) => {
        look = () => {
          const now = replayOf(opened);
          if (!now) return;
          progress.show('replay', now.sent, now.total);
          steps?.look(now);
          if (now.result !== null) resolve();
        };
        look();
      }).finally(() => steps?.close());
      return EXIT.done;
    });
  } finally {
    progress.clear();
    prepared.cancel();
    await sink.close();
  }
  return session && (replayOf(session) ?? undefined);
}

const replayOf = (session: Session): ReplayProgress | null => (session.snapshot(0) as EndpointSnapshot).replay;
