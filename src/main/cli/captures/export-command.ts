import { type Command, Option } from 'commander';
import { EXPORT_FORMATS, type ExportFormat, type ExportScope } from '../../../shared/export.ts';
import type { EncodingChoice } from '../../../shared/text/encodings.ts';
import { type ExportSource, exporting } from '../../capture/export/export.ts';
import { nameOnOneLine } from '../../capture/export/visible.ts';
import type { TaskHost } from '../../capture/thread/task.ts';
import { workers } from '../../workers.ts';
import type { GivenTypes } from '../compile-given.ts';
import { type ExitStatus, UsageError } from '../exit-status.ts';
import { addOutput, encodingOption, type GivenOutput, outputOptions } from '../options.ts';
import { pourTo } from '../pour.ts';
import { Progress } from '../progress.ts';
import { readEncoding } from '../read-encoding.ts';
import { addTypes, typeFiles, typesOf } from '../type-options.ts';
import { addData, CAPTURE_ARGUMENT, captureAt, type GivenPlace, sessionOption } from './place.ts';
import { describedSession } from './session.ts';

interface Given extends GivenPlace, GivenOutput, GivenTypes {
  readonly fields?: boolean;
  readonly format: ExportFormat;
  readonly filter?: string;
  readonly encoding?: string;
  readonly separator?: ',' | ';';
}

/** A message's fields are part of these. */
const WITH_FIELDS: readonly ExportFormat[] = ['jsonl', 'csv', 'excel'];

const HELP = `
The formats are described in docs/exports.md. "jsonl" is complete: the window imports it. The capture may still be recorded:
the export has what was in it at the start. Without --type and --bindings messages are read as the types that the capture
stores (docs/types.md).

Examples:
  shmscope export orders.sqlite --format csv --output orders.csv
  shmscope export orders.sqlite --format hex --filter 'kind:message size:>1k'
  shmscope export orders.sqlite --format csv --fields --types order.h --type order --abi windows-x86
  shmscope export capture-20261127-031502.sqlite --session 2 --format html --output run.html --force

Exit status: 0 done, 1 error, 2 usage, 141 the output was closed.`;

/** `shmscope export`. */
export function addExportCommand(program: Command, finish: (status: number) => void): void {
  const command = program
    .command('export')
    .description('write the records of a captured session as JSON lines, CSV, text, a hex dump or a web page')
    .argument('<capture>', CAPTURE_ARGUMENT)
    .addOption(new Option('--format <format>', 'how they are written').choices(EXPORT_FORMATS).default('jsonl'))
    .addOption(sessionOption('the only one'))
    .option('--filter <filter>', 'only the records that match (docs/filter-language.md)')
    .addOption(encodingOption())
    .option('--fields', 'also write the fields of messages, by declared types (formats jsonl, csv and excel)')
    .addOption(
      new Option('--separator <char>', 'list separator that Excel expects (format excel; default: ",")').choices([
        ',',
        ';',
      ]),
    );
  addTypes(addData(addOutput(command, '')))
    .addHelpText('after', HELP)
    .action(async (capture: string, given: Given) => finish(await run(captureAt(capture, given), given)));
}

async function run(capture: string, given: Given): Promise<ExitStatus> {
  const encoding: EncodingChoice | undefined = given.encoding === undefined ? undefined : readEncoding(given.encoding);
  if (given.fields && !WITH_FIELDS.includes(given.format))
    throw new UsageError(`--fields is for the formats ${WITH_FIELDS.join(', ')}, not for ${given.format}.`);
  if (given.separator && given.format !== 'excel')
    throw new UsageError(`--separator is for the format excel, not for ${given.format}.`);
  const types = await typesOf(given);
  const source: ExportSource = {
    capture,
    session: describedSession(capture, given).session,
    scope: scopeOf(given.filter, encoding),
    format: given.format,
    separator: given.separator ?? ',',
    ...(given.fields && { fields: true }),
    ...(types && { types }),
    ...(encoding && { encoding }),
  };
  return pourTo(outputOptions(given), [capture, ...typeFiles(given)], async ({ signal, isStdout, write }) => {
    const progress = new Progress(!isStdout || !process.stdout.isTTY);
    const host = hostOf(signal, progress);
    const note = await exporting(source, workers.capture, host, async (exported) => {
      await write(exported.pieces());
      return exported.note();
    }).finally(() => progress.clear());
    if (note !== null) process.stderr.write(`shmscope: ${note}\n`);
  });
}

function hostOf(signal: AbortSignal, progress: Progress): TaskHost {
  let [what, total] = ['', 0];
  return {
    begin: (title, all) => {
      [what, total] = [nameOnOneLine(title), all];
    },
    progress: (done) => progress.show(what, done, total),
    cancelled: () => signal.aborted,
    signal,
  };
}

const scopeOf = (filter: string | undefined, encoding: EncodingChoice | undefined): ExportScope =>
  filter === undefined ? { what: 'everything' } : { what: 'filter', filter, ...(encoding && { encoding }) };
