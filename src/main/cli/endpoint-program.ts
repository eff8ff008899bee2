import { type Command, Option } from 'commander';
import { ACCESS_CHOICES, ACCESS_WORDS, DEFAULT_ACCESS } from '../../shared/access.ts';
import {
  DEFAULT_BUFFER_SIZE,
  MAX_BUFFER_SIZE,
  MIN_BUFFER_SIZE,
  OVERRUN_POLICIES,
  ROLES,
  type Role,
} from '../../shared/domain.ts';
import { type OpenEndpoint, openEndpointSchema } from '../../shared/session.ts';
import { can } from '../../shared/session-kind.ts';
import { NO_TYPES } from '../../shared/types/compiled/compiled.ts';
import type { LoadedResponder } from '../responder/load.ts';
import { workers } from '../workers.ts';
import type { GivenTypes } from './compile-given.ts';
import { runEndpoint } from './endpoint-command.ts';
import { UsageError } from './exit-status.ts';
import {
  addNames,
  addOutput,
  checked,
  type GivenNames,
  type GivenOutput,
  layoutOption,
  limit,
  outputOptions,
  SOME_ENCODINGS,
} from './options.ts';
import { problemLines } from './problem-lines.ts';
import { readEncoding } from './read-encoding.ts';
import { encodedSteps, stepOptions, wholeNumber } from './steps.ts';
import { addTypes, typeFiles, typesOf } from './type-options.ts';

const DEFAULT_TIMEOUT_MS = 5000;
const WHO = ACCESS_CHOICES.map((choice) => `${choice} (${ACCESS_WORDS[choice]})`).join(', ');

interface Given extends GivenNames, GivenOutput, GivenTypes {
  readonly layout?: OpenEndpoint['layout'];
  readonly bufferSize: string;
  readonly timeout: string;
  readonly overrun: OpenEndpoint['overrun'];
  readonly takeOver?: boolean;
  readonly encoding: string;
  readonly wait?: string;
  readonly reconnect?: boolean;
  readonly access?: string;
  readonly respond?: string;
}

/** `shmscope server` and `shmscope client`. */
export function addEndpointCommands(program: Command, finish: (status: number) => void): void {
  for (const role of ROLES) addEndpointCommand(program, role, finish);
}

function addEndpointCommand(program: Command, role: Role, finish: (status: number) => void): void {
  const creates = can('endpoint', role, 'create');
  const command = addNames(program.command(role))
    .description(
      `${creates ? 'create' : 'join'} a channel, send and receive in the given order, print each record as a line of JSON`,
    )
    .addOption(layoutOption(creates))
    .option('--buffer-size <bytes>', 'bytes per direction (server, layout sized)', String(DEFAULT_BUFFER_SIZE))
    .option(
      '--timeout <ms>',
      'limit for each receive, and for the peer to read our last message before the next send or the end; "none": no limit',
      String(DEFAULT_TIMEOUT_MS),
    )
    .addOption(
      new Option('--overrun <policy>', 'what to do when the peer has not read the previous message')
        .choices(OVERRUN_POLICIES)
        .default('wait'),
    )
    .option(
      '--encoding <name>',
      `encoding of text, sent and received: ${SOME_ENCODINGS}, …; "auto" sends UTF-8`,
      'utf-8',
    );
  addOutput(command);
  if (creates) {
    command.option('--take-over', 'use an existing section; erases its contents');
    command.option('--access <who>', `who may open it: ${WHO}, or an access list in SDDL (Windows)`, DEFAULT_ACCESS);
  } else
    command
      .option('--wait <ms>', 'wait this long for a server that has not started yet; "none": no limit')
      .option('--reconnect', 'when the server sends exit or is replaced, wait for the next one and continue');
  command.option('--respond <file>', 'answer received messages by the rules in FILE (docs/responder.md)');
  addTypes(command);
  const steps = stepOptions(command);
  command.addHelpText(
    'after',
    '\nWithout --send…, --receive and --send-close, receives until the peer sends exit or Ctrl+C.\nExit status: 0 done, 1 error, 2 usage, 3 timeout, 4 the peer sent exit first, 141 the output was closed.',
  );
  command.action(async (given: Given) => {
    const timeoutMs = limit('--timeout', given.timeout);
    const open = { ...openOptions(role, given), sendWaitMs: timeoutMs };
    const readAs = readEncoding(given.encoding);
    finish(
      await runEndpoint({
        open,
        steps: encodedSteps(steps, readAs === 'auto' ? 'utf-8' : readAs),
        timeoutMs,
        readAs,
        types: (await typesOf(given)) ?? NO_TYPES,
        responder: given.respond === undefined ? null : await responderIn(given.respond),
        output: outputOptions(given),
        inputs: [...typeFiles(given), ...(given.respond === undefined ? [] : [given.respond])],
        workerPath: workers.session,
      }),
    );
  });
}

/** Throws {@link UsageError} if its rules can't be used; stderr has the reasons. */
async function responderIn(file: string): Promise<LoadedResponder> {
  const { loadResponder } = await import('../responder/load.ts');
  const { loaded, problems } = await loadResponder(file).catch((error: Error) => {
    throw new UsageError(`--respond: ${file} can't be read: ${error.message}.`);
  });
  for (const line of problemLines(problems)) process.stderr.write(`${line}\n`);
  if (loaded) return loaded;
  throw new UsageError(`--respond: the rules in ${file} can't be used.`);
}

function openOptions(role: Role, given: Given): OpenEndpoint {
  return checked(openEndpointSchema, {
    kind: 'endpoint',
    role,
    section: given.name,
    eventS2c: given.eventS2c,
    eventC2s: given.eventC2s,
    layout: given.layout,
    bufferSize: wholeNumber('--buffer-size', given.bufferSize, MIN_BUFFER_SIZE, MAX_BUFFER_SIZE, { unit: 'bytes' }),
    takeOver: given.takeOver ?? false,
    access: given.access,
    overrun: given.overrun,
    receive: null,
    ...(given.wait !== undefined && { wait: { limitMs: limit('--wait', given.wait) } }),
    ...(given.reconnect && { reconnect: true }),
  });
}
