import { type Command, Option } from 'commander';
import { isoMicros, safeJson } from '../../shared/json-record.ts';
import { openTypes, type TypeMatch } from '../../shared/types/compiled/open.ts';
import { fieldsJson } from '../../shared/types/field-json.ts';
import { workers } from '../workers.ts';
import type { GivenTypes } from './compile-given.ts';
import { payloadsOf } from './decode-sources.ts';
import { decodedText } from './decode-text.ts';
import { EXIT, type ExitStatus, UsageError } from './exit-status.ts';
import type { Payload } from './payload.ts';
import { addTypes, typesOf } from './type-options.ts';
import { written } from './written.ts';

interface Given extends GivenTypes {
  readonly hex?: string;
  readonly filter?: string;
  readonly json?: boolean;
}

/** `shmscope decode`: messages as the fields of a declared type. */
export function addDecodeCommand(program: Command, finish: (status: number) => void): void {
  addTypes(program.command('decode'))
    .description('read messages as the fields of a declared type')
    .argument('[capture]', 'a capture, a log of JSON lines, or "-" for stdin: such a log, or the bytes of one message')
    .addOption(new Option('--hex <hex>', 'the bytes of one message, such as "de ad be ef" or a hex dump'))
    .option('--filter <filter>', 'only the messages of a capture that match (docs/filter-language.md)')
    .option('--json', 'print a line of JSON for each message')
    .addHelpText('after', '\nExit status: 0 done, 1 error, 2 usage, 141 the output is no longer read.')
    .action(async (capture: string | undefined, given: Given) => finish(await decode(capture, given)));
}

async function decode(capture: string | undefined, given: Given): Promise<ExitStatus> {
  if (given.hex === undefined && capture === undefined)
    throw new UsageError('Give a capture, "-" for stdin, or --hex.');
  if (given.hex !== undefined && capture !== undefined) throw new UsageError('Give a capture or --hex, not both.');
  const compiled = await typesOf(given);
  if (!compiled) throw new UsageError('Give --type or --bindings: nothing is decoded by a guess.');
  const types = openTypes(compiled);
  const place = {
    file: capture,
    hex: given.hex,
    filter: given.filter,
    types: compiled,
    captureWorker: workers.capture,
  };
  for await (const payload of payloadsOf(place)) {
    const reader = types.match(payload.head?.channel, payload.head?.lane ?? null, payload.bytes);
    const text = given.json ? lineOf(reader, payload) : decodedText(reader, payload);
    if (!(await written(`${text}\n`))) return EXIT.pipeClosed;
  }
  return EXIT.done;
}

function lineOf(reader: TypeMatch | undefined, { head, bytes }: Payload): string {
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
