import { accessSync, constants, lstatSync } from 'node:fs';
import path from 'node:path';
import { type Command, Option } from 'commander';
import { type OpenTap, openTapSchema, TAP_MODES } from '../../shared/session.ts';
import { NO_TYPES } from '../../shared/types/compiled/compiled.ts';
import { fileReason } from '../files/given-file.ts';
import { workers } from '../workers.ts';
import type { GivenTypes } from './compile-given.ts';
import { UsageError } from './exit-status.ts';
import {
  addNames,
  addOutput,
  checked,
  encodingOption,
  type GivenNames,
  type GivenOutput,
  layoutOption,
  limit,
  outputOptions,
} from './options.ts';
import { readEncoding } from './read-encoding.ts';
import { wholeNumber } from './steps.ts';
import { runTap } from './tap-command.ts';
import { addTypes, typeFiles, typesOf } from './type-options.ts';

const DEFAULT_TIMEOUT_MS = 5000;
const CAPTURE = /\.sqlite$/;

interface Given extends GivenNames, GivenOutput, GivenTypes {
  readonly layout: OpenTap['layout'];
  readonly mode: OpenTap['mode'];
  readonly receive?: string;
  readonly timeout?: string;
  readonly wait?: string;
  readonly follow?: boolean;
  readonly encoding: string;
  readonly capture?: string;
}

/** `shmscope tap`. */
export function addTapCommand(program: Command, finish: (status: number) => void): void {
  const command = addNames(program.command('tap'))
    .description('watch a channel of other programs without touching it, print each record as a line of JSON')
    .addOption(layoutOption(false))
    .addOption(
      new Option(
        '--mode <mode>',
        'how often to look: gentle: every millisecond; adaptive: more often while there is traffic; full: without a pause, which uses a whole core',
      )
        .choices(TAP_MODES)
        .default('adaptive'),
    )
    .option('--receive <count>', 'end after COUNT messages in both lanes, including those already in the slots')
    .option(
      '--timeout <ms>',
      `longest time without a message; "none": no limit (default: ${DEFAULT_TIMEOUT_MS} with --receive, else none)`,
    )
    .option('--wait <ms>', 'wait this long for a channel that does not exist yet; "none": no limit')
    .option('--follow', 'when both ends have closed the channel, wait for the next one and continue')
    .addOption(encodingOption('utf-8'));
  addOutput(addTypes(command))
    .addOption(
      new Option('--capture <file>', 'write a capture, FILE.sqlite, that the window opens').conflicts([
        'output',
        'force',
        'append',
      ]),
    )
    .addHelpText('after', HELP)
    .action(async (given: Given) =>
      finish(await runTap({ ...optionsOf(given), types: (await typesOf(given)) ?? NO_TYPES })),
    );
}

const HELP = `
The section is opened with FILE_MAP_READ and the events with EVENT_QUERY_STATE only: nothing is written, set or waited on,
and the channel is not kept alive. With an empty event name, only the section is read. Messages known to have passed
unseen are reported as the anomaly "missed".
Without --receive, runs until both ends have closed the channel or Ctrl+C.
Exit status: 0 done, 1 error, 2 usage, 3 timeout, 4 both ends closed the channel first, 141 the output was closed.`;

function optionsOf(given: Given) {
  const { timeout, capture } = given;
  if (capture !== undefined) checkCapture(capture);
  const receive = given.receive === undefined ? null : wholeNumber('--receive', given.receive, 1, 1e9);
  const usual = receive === null ? null : DEFAULT_TIMEOUT_MS;
  return {
    open: openOptions(given),
    receive,
    timeoutMs: timeout === undefined ? usual : limit('--timeout', timeout),
    readAs: readEncoding(given.encoding),
    output: outputOptions(given),
    inputs: typeFiles(given),
    capture,
    workerPaths: workers,
  };
}

function checkCapture(file: string): void {
  if (!CAPTURE.test(file)) throw new UsageError(`--capture: captures have names that end in .sqlite, not "${file}".`);
  const folder = path.dirname(file);
  try {
    accessSync(folder, constants.W_OK);
    // A dangling link exists too.
    if (!lstatSync(file, { throwIfNoEntry: false })) return;
  } catch (error) {
    throw new UsageError(`--capture: "${file}" can't be written in "${folder}": ${fileReason(error)}.`);
  }
  throw new UsageError(`--capture: "${file}" exists already and was left as it is. Name another.`);
}

function openOptions({ name, eventS2c, eventC2s, layout, mode, wait, follow = false }: Given): OpenTap {
  const waiting = wait === undefined ? {} : { wait: { limitMs: limit('--wait', wait) } };
  const names = { section: name, eventS2c, eventC2s };
  return checked(openTapSchema, { kind: 'tap', role: 'tap', ...names, layout, mode, follow, ...waiting });
}
