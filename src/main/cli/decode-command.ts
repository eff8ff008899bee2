import { type Command, Option } from 'commander';
import { isoMicros, safeJson } from '../../shared/json-record.ts';
import type { AbiId } from '../../shared/types/abi.ts';
import { boundTo } from '../../shared/types/bindings/bound.ts';
import { fieldsJson } from '../../shared/types/field-json.ts';
import type { Problem } from '../../shared/types/model.ts';
import { openBindings } from '../types/bindings.ts';
import { findDecoder } from '../types/decoders.ts';
import { workers } from '../workers.ts';
import { payloadsOf } from './decode-sources.ts';
import { decodedText, type Reader } from './decode-text.ts';
import { EXIT, type ExitStatus, isPipeClosed, UsageError } from './exit-status.ts';
import type { Payload } from './payload.ts';
import { problemLines } from './read-declarations.ts';
import { abiOption, includeOption } from './types-command.ts';

interface Given {
  readonly types: readonly string[];
  readonly type?: string;
  readonly bindings?: string;
  readonly abi: AbiId;
  readonly include: readonly string[];
  readonly hex?: string;
  readonly filter?: string;
  readonly json?: boolean;
}

/** `shmscope decode`: messages as the fields of a declared type. */
export function addDecodeCommand(program: Command, finish: (status: number) => void): void {
  program
    .command('decode')
    .description('read messages as the fields of a declared type')
    .argument('[capture]', 'a capture, a log of JSON lines, or "-" for stdin: such a log, or the bytes of one message')
    .addOption(new Option('--types <file...>', 'C headers, .rs or .proto files that declare it').default([], ''))
    .option('--type <name>', 'the type of the messages; without --types msgpack, cbor or json')
    .addOption(new Option('--bindings <file>', 'which type a message has (docs/types.md)').conflicts('type'))
    .addOption(abiOption())
    .addOption(includeOption())
    .addOption(new Option('--hex <hex>', 'the bytes of one message, such as "de ad be ef" or a hex dump'))
    .option('--filter <filter>', 'only the messages of a capture that pass (docs/filter-language.md)')
    .option('--json', 'print a line of JSON for each message')
    .addHelpText('after', '\nExit status: 0 done, 1 error, 2 usage, 141 the output is no longer read.')
    .action(async (capture: string | undefined, given: Given) => finish(await decode(capture, given)));
}

async function decode(capture: string | undefined, given: Given): Promise<ExitStatus> {
  if (given.hex === undefined && capture === undefined)
    throw new UsageError('Give a capture, "-" for stdin, or --hex.');
  if (given.hex !== undefined && capture !== undefined) throw new UsageError('Give a capture or --hex, not both.');
  const readerOf = await readersOf(given);
  const place = { file: capture, hex: given.hex, filter: given.filter, captureWorker: workers.capture };
  for await (const payload of payloadsOf(place)) {
    const reader = readerOf(payload);
    const text = given.json ? lineOf(reader, payload) : decodedText(reader, payload);
    if (!(await written(`${text}\n`))) return EXIT.pipeClosed;
  }
  return EXIT.done;
}

type ReaderOf = (payload: Payload) => Reader | undefined;

/** What no rule names is not decoded. */
async function readersOf(given: Given): Promise<ReaderOf> {
  const { types: files, type, bindings, abi, include: includeDirs } = given;
  if (bindings !== undefined) {
    const { rules, problems } = await openBindings(bindings, { files, abi, includeDirs });
    complain(problems);
    if (rules.length === 0) throw new UsageError(`--bindings: nothing in ${bindings} can be used.`);
    return ({ head, bytes }) => boundTo(rules, { channel: head?.channel, lane: head?.lane ?? null, bytes });
  }
  if (type === undefined) throw new UsageError('Give --type or --bindings: nothing is decoded by a guess.');
  const found = await findDecoder({ files, type, abi, includeDirs });
  complain(found.problems);
  if (found.decoder) return () => found;
  const most = found.names.slice(0, 20).join(', ');
  throw new UsageError(`--type: “${type}” is not declared. ${most ? `There are ${most}.` : 'Nothing is.'}`);
}

const complain = (problems: readonly Problem[]) =>
  process.stderr.write(
    problemLines(problems)
      .map((line) => `${line}\n`)
      .join(''),
  );

function lineOf(reader: Reader | undefined, { head, bytes }: Payload): string {
  const from = head && {
    ...{ seq: head.seq, time: isoMicros(head.wall), ...(head.direction && { direction: head.direction }) },
    ...(head.session !== undefined && { session: head.session }),
  };
  if (!reader) return safeJson({ ...from, type: null, size: bytes.length });
  const { fields, fault, rest } = reader.decoder.decode(bytes);
  const left = rest && Buffer.from(bytes.subarray(rest.offset, rest.offset + rest.size)).toString('hex');
  const mismatch = reader.verdict(bytes);
  return safeJson({
    ...from,
    ...{ type: reader.decoder.id, size: bytes.length, fields: fieldsJson(fields) },
    ...(fault !== undefined && { fault }),
    ...(left !== undefined && { rest: left }),
    ...(mismatch && { mismatch: { built: mismatch.built, why: mismatch.why } }),
  });
}

/** Whether somebody reads it. */
function written(text: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (!error) resolve(true);
      else if (isPipeClosed(error)) resolve(false);
      else reject(error);
    });
  });
}
