import { setTimeout as delay } from 'node:timers/promises';
import type { OpenTap } from '../../shared/session.ts';
import type { CompiledTypes } from '../../shared/types/compiled/compiled.ts';
import { typesFor } from '../../shared/types/compiled/prune.ts';
import { openKernel } from '../kernel/open.ts';
import { SessionRegistry } from '../session/registry.ts';
import { AlarmOutput } from './alarm-output.ts';
import { hearCrosstalk } from './crosstalk.ts';
import { asTrouble, EXIT, type ExitStatus } from './exit-status.ts';
import { checkOutput, type OutputOptions } from './output-target.ts';
import { diedOf, interruption } from './run-session.ts';

export interface WatchOptions {
  /** The channels. */
  readonly open: readonly OpenTap[];
  readonly alarms: readonly string[];
  /** ms after which it ends without an alarm; null without a limit. */
  readonly timeoutMs: number | null;
  readonly asJson: boolean;
  readonly output: OutputOptions;
  /** Types of the messages, for alarms on their fields. */
  readonly types: CompiledTypes;
  readonly workerPaths: { readonly session: string; readonly discovery: string };
}

/** Exit statuses of `watch`, like those of search tools; for failures see {@link asTrouble}. */
const WATCH_EXIT = { none: EXIT.done, alarm: 1 } as const;

/** Taps channels and prints the alarms that fire; ends with the first. */
export async function runWatch(options: WatchOptions): Promise<number> {
  try {
    return await watch(options);
  } catch (error) {
    throw asTrouble(error);
  }
}

async function watch({
  open,
  alarms,
  timeoutMs,
  asJson,
  types,
  output: to,
  workerPaths,
}: WatchOptions): Promise<number> {
  const target = await checkOutput(to);
  const kernel = await openKernel();
  const output = new AlarmOutput(asJson);
  if (target.isStdout) output.begin(process.stdout);
  const onChange = () => crosstalk.changed();
  const typesOf = (section: string) => typesFor(types, section);
  const { session: workerPath, discovery } = workerPaths;
  const registry = new SessionRegistry({ kernel, sink: output, workerPath, onChange, typesOf, spare: 0 });
  const crosstalk = hearCrosstalk(registry, discovery);
  const interrupted = interruption();
  const timeOut = async (): Promise<ExitStatus> => {
    if (timeoutMs === null) return new Promise(() => {});
    await delay(timeoutMs, undefined, { signal: interrupted.signal });
    return WATCH_EXIT.none;
  };
  const begin = async (): Promise<number> => {
    if (!target.isStdout) output.begin(await target.open(interrupted.signal));
    const sessions = await Promise.all(open.map(async (tap) => registry.get((await registry.open(tap, alarms)).id)));
    const fired = output.fired.then(() => WATCH_EXIT.alarm);
    return Promise.race([fired, ...sessions.map(diedOf), timeOut()]);
  };
  try {
    return await Promise.race([begin(), interrupted.promise, output.failed]);
  } finally {
    interrupted.dispose();
    await crosstalk.close();
    await registry.close();
    await output.close();
  }
}
