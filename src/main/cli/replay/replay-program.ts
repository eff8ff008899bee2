import { type Command, Option } from 'commander';
import {
  DEFAULT_BUFFER_SIZE,
  LAYOUTS,
  MAX_BUFFER_SIZE,
  MAX_TIMEOUT_MS,
  MIN_BUFFER_SIZE,
  ROLES,
  type Role,
} from '../../../shared/domain.ts';
import { ShmscopeError } from '../../../shared/failure.ts';
import { DEFAULT_REPLY_TIMEOUT_MS, type ReplayPlan, replayPlanSchema } from '../../../shared/replay/replay.ts';
import { parseTiming } from '../../../shared/replay/timing.ts';
import { type OpenEndpoint, openEndpointSchema } from '../../../shared/session.ts';
import { can, type Viewpoint } from '../../../shared/session-kind.ts';
import type { SessionDescription } from '../../capture/store/describe.ts';
import { workers } from '../../workers.ts';
import { addData, CAPTURE_ARGUMENT, captureAt, type GivenPlace, sessionOption } from '../captures/place.ts';
import { describedSession } from '../captures/session.ts';
import type { GivenTypes } from '../compile-given.ts';
import { UsageError } from '../exit-status.ts';
import { addOutput, checked, type GivenOutput, limit, outputOptions } from '../options.ts';
import { readEncoding } from '../read-encoding.ts';
import { wholeNumber } from '../steps.ts';
import { addTypes, typeFiles, typesOf } from '../type-options.ts';
import { runReplay } from './replay-command.ts';

interface Given extends GivenPlace, GivenOutput, GivenTypes {
  readonly as?: Role;
  readonly timing: string;
  readonly from?: string;
  readonly to?: string;
  readonly filter?: string;
  readonly encoding?: string;
  readonly loop: string;
  readonly step?: boolean;
  readonly compare?: boolean;
  readonly ignore: readonly string[];
  readonly allowGaps?: boolean;
  readonly timeout: string;
  readonly name?: string;
  readonly eventS2c?: string;
  readonly eventC2s?: string;
  readonly layout?: OpenEndpoint['layout'];
  readonly bufferSize: string;
  readonly takeOver?: boolean;
  readonly wait?: string;
  readonly json?: boolean;
  readonly junit?: string;
}

const HELP = `
The capture may be of an end of the channel or of a tap. The channel has the names that were recorded unless others are given.
A full slot is never overwritten: the message waits, and the report says how long.

Timing:
  original   as recorded (the default); 2x: twice as fast, 0.5x: half as fast
  100/s      100 messages per second
  lockstep   each message when all replies recorded before it have arrived
  fast       each message as soon as the one before is read

Examples:
  shmscope replay monday.sqlite --as client --timing lockstep --compare
  shmscope replay monday.sqlite --as client --compare --types order.h --type order --ignore header.time,header.seq
  shmscope replay tap.sqlite --as server --from 1200 --to 1300 --timing fast --loop 10
  shmscope replay tap.sqlite --as client --filter 'size:>1k' --step

Exit status: 0 all was sent (with --compare: the replies are the same), 1 the replies differ, or it was stopped, 2 usage, or
the capture or the channel can't be used, or a report can't be written, 3 timeout, 4 the peer left, 141 the output was closed.`;

/** `shmscope replay`. */
export function addReplayCommand(program: Command, finish: (status: number) => void): void {
  const command = program
    .command('replay')
    .description('send what one end of a captured session had sent, to the real peer')
    .argument('<capture>', CAPTURE_ARGUMENT)
    .addOption(new Option('--as <role>', 'which end (default: the one that was recorded)').choices(ROLES))
    .addOption(sessionOption('the only one'))
    .option('--timing <timing>', 'original, lockstep, fast, 2x, 100/s, …', 'original')
    .option('--from <n>', 'number of the first record')
    .option('--to <n>', 'number of the last record')
    .option('--filter <filter>', 'send only the messages that match (docs/filter-language.md)')
    .option('--encoding <name>', 'encoding of payloads, for the filter')
    .option('--loop <count>', 'send everything COUNT times', '1')
    .option('--step', 'send each message when Enter is pressed')
    .option('--compare', 'compare the replies with the recorded ones and report the first difference')
    .option('--ignore <fields>', 'fields that may differ, separated by commas', list, [])
    .option('--allow-gaps', 'use lockstep even if the tap missed messages')
    .option('--timeout <ms>', 'limit for each reply, and for the peer to read', String(DEFAULT_REPLY_TIMEOUT_MS))
    .option('--name <name>', 'name of the section (default: as recorded)')
    .option('--event-s2c <name>', 'name of the server→client event (default: as recorded)')
    .option('--event-c2s <name>', 'name of the client→server event (default: as recorded)')
    .addOption(
      new Option('--layout <layout>', 'of the section (default: sized for a server, auto for a client)').choices([
        'auto',
        ...LAYOUTS,
      ]),
    )
    .option('--buffer-size <bytes>', 'bytes per direction (server, layout sized)', String(DEFAULT_BUFFER_SIZE))
    .option('--take-over', 'server: use an existing section; erases its contents')
    .option('--wait <ms>', 'client: wait this long for a server that has not started yet; "none": no limit');
  addOutput(addTypes(command), ', created once the channel is open')
    .option('--json', 'print the report as JSON')
    .option('--junit <file>', 'write a report for CI servers');
  addData(command)
    .addHelpText('after', HELP)
    .action(async (capture: string, given: Given) => finish(await replay(captureAt(capture, given), given)));
}

const list = (value: string, before: readonly string[]) => {
  const names = value.split(',').map((name) => name.trim());
  if (names.includes('')) throw new UsageError(`--ignore takes field names separated by commas, not "${value}".`);
  return [...before, ...names];
};

const timeoutOf = ({ timeout }: Given): number => wholeNumber('--timeout', timeout, 1, MAX_TIMEOUT_MS, { unit: 'ms' });

async function replay(file: string, given: Given): Promise<number> {
  const plan = planOf(given);
  const types = await typesOf(given);
  if (plan.ignore.length > 0 && !plan.compare) throw new UsageError('--ignore needs --compare.');
  const session = sessionOf(file, given);
  const as = roleOf(session, given);
  if (given.force && given.output === undefined && given.junit === undefined)
    throw new UsageError('--force needs --output or --junit, which name the file.');
  return runReplay({
    task: { file, session: session.session, as, plan, captureWorker: workers.capture },
    open: openOptions(as, session, given),
    types,
    output: given.output === undefined && !given.append ? null : outputOptions(given),
    inputs: [file, ...typeFiles(given)],
    junit:
      given.junit === undefined
        ? null
        : { file: given.junit, existing: given.force ? 'replace' : 'refuse', isWhole: true },
    asJson: given.json ?? false,
    workers,
  });
}

/** A capture that can't be read can't be used. */
function sessionOf(file: string, given: Given): SessionDescription {
  try {
    return describedSession(file, given);
  } catch (error) {
    throw error instanceof ShmscopeError ? new UsageError(error.message) : error;
  }
}

function roleOf({ role, session }: { readonly role: Viewpoint; readonly session: number }, { as }: Given): Role {
  if (as !== undefined) return as;
  if (role === 'server' || role === 'client') return role;
  throw new UsageError(`Session ${session} was recorded by a ${role}: use --as to say whose messages to send.`);
}

function planOf(given: Given): ReplayPlan {
  const timing = parseTiming(given.timing);
  if (!timing)
    throw new UsageError(
      `--timing takes original, lockstep, fast, a speed such as 2x, or a rate such as 100/s, not "${given.timing}".`,
    );
  const record = (option: string, value: string | undefined) =>
    value === undefined ? undefined : wholeNumber(option, value, 0, Number.MAX_SAFE_INTEGER);
  const [from, to] = [record('--from', given.from), record('--to', given.to)];
  const plan: ReplayPlan = {
    timing,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(given.filter !== undefined && { filter: given.filter }),
    ...(given.encoding !== undefined && { encoding: readEncoding(given.encoding) }),
    loops: wholeNumber('--loop', given.loop, 1, 1_000_000),
    ...{ step: given.step ?? false, compare: given.compare ?? false, ignore: [...given.ignore] },
    allowGaps: given.allowGaps ?? false,
    timeoutMs: timeoutOf(given),
  };
  return checked(replayPlanSchema, plan);
}

function openOptions(role: Role, recorded: SessionDescription, given: Given): OpenEndpoint {
  const creates = can('endpoint', role, 'create');
  if (!creates && given.takeOver) throw new UsageError('--take-over is for a server.');
  return checked(openEndpointSchema, {
    ...{ kind: 'endpoint', role, takeOver: given.takeOver ?? false, overrun: 'wait', receive: null },
    section: given.name ?? recorded.section,
    eventS2c: given.eventS2c ?? recorded.eventS2c,
    eventC2s: given.eventC2s ?? recorded.eventC2s,
    layout: given.layout ?? (creates ? 'sized' : 'auto'),
    bufferSize: wholeNumber('--buffer-size', given.bufferSize, MIN_BUFFER_SIZE, MAX_BUFFER_SIZE, { unit: 'bytes' }),
    sendWaitMs: timeoutOf(given),
    ...(given.wait !== undefined && { wait: { limitMs: limit('--wait', given.wait) } }),
  });
}
