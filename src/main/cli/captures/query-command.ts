import { type Command, Option } from 'commander';
import { recordLine } from '../../capture/export/jsonl.ts';
import { workers } from '../../workers.ts';
import type { ExitStatus } from '../exit-status.ts';
import { addOutput, encodingOption, type GivenOutput, outputOptions } from '../options.ts';
import { pourTo } from '../pour.ts';
import { Progress } from '../progress.ts';
import { readEncoding } from '../read-encoding.ts';
import { wholeNumber } from '../steps.ts';
import { addData, CAPTURE_ARGUMENT, captureAt, type GivenPlace, sessionNumber, sessionOption } from './place.ts';
import { foundLine, sessionLine } from './query-text.ts';
import { captureRecords, type Found, type RecordPlace } from './records.ts';

interface Given extends GivenPlace, GivenOutput {
  readonly filter: string;
  readonly encoding: string;
  readonly limit?: string;
  readonly count?: boolean;
  readonly json?: boolean;
}

const HELP = `
The filter is that of the window's log: docs/filter-language.md. A line shows the beginning of a payload; --json has all of it.

Examples:
  shmscope query orders.sqlite --filter 'kind:anomaly'
  shmscope query orders.sqlite --filter 'dir:in size:>1k "timeout"' --limit 20
  shmscope query orders.sqlite --filter 'hex:"de ad ?? ef"' --json | jq -r .hex
  shmscope query orders.sqlite --filter 'delta:>100ms' --count

Exit status: 0 done, 1 error, 2 usage, 141 the output was closed.`;

/** `shmscope query`. */
export function addQueryCommand(program: Command, finish: (status: number) => void): void {
  const command = program
    .command('query')
    .description('print the records of a capture that match a filter')
    .argument('<capture>', CAPTURE_ARGUMENT)
    .option('--filter <filter>', 'which records', '')
    .addOption(sessionOption('all'))
    .addOption(encodingOption('utf-8'))
    .option('--limit <count>', 'at most the first COUNT')
    .addOption(new Option('--count', 'print how many there are instead').conflicts('limit'))
    .option('--json', 'print each record as a line of JSON (docs/exports.md)');
  addData(addOutput(command, ''))
    .addHelpText('after', HELP)
    .action(async (capture: string, given: Given) => finish(await run(captureAt(capture, given), given)));
}

async function run(file: string, given: Given): Promise<ExitStatus> {
  const encoding = readEncoding(given.encoding);
  const session = sessionNumber(given);
  const most = given.limit === undefined ? Number.POSITIVE_INFINITY : wholeNumber('--limit', given.limit, 1, 1e9);
  return pourTo(outputOptions(given), [file], async ({ signal, isStdout, write }) => {
    const note = (sentence: string) => process.stderr.write(`shmscope: ${sentence}\n`);
    const place = { file, filter: given.filter, captureWorker: workers.capture, session, encoding, signal, note };
    const progress = new Progress(!isStdout || !process.stdout.isTTY);
    const found = first(told(place, progress), most);
    await write(given.count ? counted(found, given.json) : lines(found, given.json)).finally(() => progress.clear());
  });
}

async function* told(place: RecordPlace, progress: Progress): AsyncGenerator<Found> {
  for await (const found of captureRecords(place)) {
    progress.show('query', found.record.seq + 1, found.session.records);
    yield found;
  }
}

async function* first(all: AsyncIterable<Found>, most: number): AsyncGenerator<Found> {
  let left = most;
  for await (const found of all) {
    yield found;
    left--;
    if (left === 0) return;
  }
}

async function* counted(all: AsyncIterable<Found>, asJson = false): AsyncGenerator<string> {
  let count = 0;
  for await (const _ of all) count++;
  yield asJson ? `{"count":${count}}\n` : `${count}\n`;
}

async function* lines(all: AsyncIterable<Found>, asJson = false): AsyncGenerator<string> {
  let session = 0;
  for await (const { session: of, isOne, record } of all) {
    if (asJson) yield* recordLine(record, isOne ? undefined : of.session);
    else {
      if (!isOne && of.session !== session) yield sessionLine(of);
      session = of.session;
      yield foundLine(record);
    }
  }
}
