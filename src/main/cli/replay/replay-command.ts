import { safeJson } from '../../../shared/json-record.ts';
import type { ReplayProgress, ReplayResult } from '../../../shared/replay/replay.ts';
import type { EndpointSnapshot, OpenEndpoint } from '../../../shared/session.ts';
import type { CompiledTypes } from '../../../shared/types/compiled/compiled.ts';
import type { FeedTask } from '../../capture/replay/task.ts';
import { Replayer } from '../../replay/replayer.ts';
import type { Session } from '../../session/session.ts';
import { asTrouble, EXIT, UsageError } from '../exit-status.ts';
import { checkOutput, type OutputOptions, type OutputTarget } from '../output-target.ts';
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
  /** The rules by which replies are compared; undefined: those stored in the capture. */
  readonly types: CompiledTypes | undefined;
  /** Where records go; null: nowhere. */
  readonly output: OutputOptions | null;
  /** Files that were read for other options. */
  readonly inputs: readonly string[];
  readonly asJson: boolean;
  /** Where a report for CI servers goes; null: nowhere. */
  readonly junit: OutputOptions | null;
  readonly workers: { readonly session: string; readonly replay: string };
}

const STATUS: Readonly<Record<ReplayResult, number>> = {
  ...{ sent: EXIT.done, same: EXIT.done, stopped: EXIT.error },
  ...{ differs: EXIT.error, timeout: EXIT.timeout, 'peer-left': EXIT.peerExited, failed: EXIT.usage },
};

/** Replays a capture, and prints the result. The capture is examined before the channel is opened. */
export async function runReplay(options: ReplayOptions): Promise<number> {
  const replayer = new Replayer(options.workers.replay);
  try {
    const places = await checkPlaces(options);
    const at = Date.now();
    const ended = await run(replayer, options, places.output);
    return ended ? await conclude(ended, options, { ...places, at }) : EXIT.error;
  } catch (error) {
    throw asTrouble(error);
  } finally {
    await replayer.close();
  }
}

/** Where the output goes. */
interface Places {
  readonly output: OutputTarget | null;
  readonly junit: OutputTarget | null;
}

async function checkPlaces({ output, junit, inputs, asJson }: ReplayOptions): Promise<Places> {
  const places = {
    output: output && (await checkOutput(output, inputs)),
    junit: junit && (await checkOutput(junit, inputs)),
  };
  if (places.output && places.output.id !== null && places.output.id === places.junit?.id)
    throw new UsageError('--output and --junit can’t be written to the same file.');
  if (asJson && places.junit?.isStdout) throw new UsageError('--json takes stdout: write --junit to a file.');
  return places;
}

/** Prints the result, not between other output on stdout. */
async function conclude(
  { progress, isStopped }: Ended,
  { asJson, task: { plan } }: ReplayOptions,
  { output, junit, at }: Places & { readonly at: number },
): Promise<number> {
  if (junit) await writeWhole(junit, replayJunit(progress, { compares: plan.compare, at }));
  const text = `${asJson ? safeJson(progress) : reportLines(progress).join('\n')}\n`;
  if (!asJson && (output?.isStdout || junit?.isStdout)) process.stderr.write(text);
  else if (!(await written(text))) return EXIT.pipeClosed;
  // Whoever releases each message may stop before the last one.
  if (plan.step && !plan.compare && progress.result === 'stopped') return EXIT.done;
  return isStopped ? EXIT.error : STATUS[progress.result ?? 'stopped'];
}

interface Ended {
  readonly progress: ReplayProgress;
  /** The user ended it. */
  readonly isStopped: boolean;
}

/** The result; undefined if the user ended it before it began. */
async function run(
  replayer: Replayer,
  options: ReplayOptions,
  target: OutputTarget | null,
): Promise<Ended | undefined> {
  const { task, open, types } = options;
  const prepared = await replayer.prepare(task);
  if (prepared.head.damage) process.stderr.write(`shmscope: ${prepared.head.damage}\n`);
  const sink = target ? new RecordOutput('utf-8') : new QuietSink();
  let look = () => {};
  let session: Session | undefined;
  let isStopped = true;
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
      isStopped = false;
      return EXIT.done;
    });
  } finally {
    progress.clear();
    prepared.cancel();
    await sink.close();
  }
  const ended = session && replayOf(session);
  return ended ? { progress: ended, isStopped } : undefined;
}

const replayOf = (session: Session): ReplayProgress | null => (session.snapshot(0) as EndpointSnapshot).replay;
