import type { Command } from 'commander';
import { ABI_IDS, type AbiId } from '../../shared/types/abi.ts';
import { differencesOf } from '../../shared/types/diff.ts';
import { Layouts } from '../../shared/types/layout/layouts.ts';
import { entriesOf, entryNamed, type TypeEntry } from '../../shared/types/listing.ts';
import { type Problem, shortName } from '../../shared/types/model.ts';
import { readTypes } from '../types/read.ts';
import { abiOption, includeOption } from './declaration-options.ts';
import { EXIT, type ExitStatus, UsageError } from './exit-status.ts';
import { isFailed, problemLines } from './problem-lines.ts';
import { differenceJson, differenceText, entryJson, entryText } from './types-text.ts';
import { written } from './written.ts';

interface Given {
  readonly abi: AbiId;
  readonly type?: string;
  readonly json?: boolean;
  readonly diff?: string;
  readonly include: readonly string[];
}

/** `shmscope types`: where the fields of declared types are. */
export function addTypesCommand(program: Command, finish: (status: number) => void): void {
  program
    .command('types')
    .description('print size, alignment and fields of the types that C headers and Rust files declare')
    .argument('<file...>', 'C headers, or .rs files with #[repr(C)] types')
    .addOption(abiOption())
    .option('--type <name>', 'only this type')
    .option(
      '--diff <a,b>',
      'print which fields are at other offsets under another ABI, why, and how to declare them to match',
    )
    .addOption(includeOption())
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExit status: 0 done, 1 something could not be read (the rest is printed), 2 usage.')
    .action(async (files: readonly string[], given: Given) =>
      finish(await (given.diff === undefined ? list : diff)(files, given)),
    );
}

async function list(files: readonly string[], given: Given): Promise<ExitStatus> {
  const reading = await readTypes(files, { abi: given.abi, includeDirs: given.include });
  const layouts = new Layouts(reading.library);
  const entries = chosen(layouts, given);
  const { problems } = reading;
  if (given.json) {
    const types = entries.map(entryJson);
    return conclude(JSON.stringify({ abi: given.abi, types, ...(problems.length > 0 && { problems }) }), problems);
  }
  if (entries.length === 0) complain(['shmscope: No type is declared there.']);
  return conclude(entries.map((entry) => entryText(entry, layouts)).join('\n\n'), problems);
}

async function diff(files: readonly string[], given: Given): Promise<ExitStatus> {
  const abis = pairOf(given.diff ?? '');
  const readings = await Promise.all(abis.map((abi) => readTypes(files, { abi, includeDirs: given.include })));
  const [a, b] = readings.map(({ library }) => new Layouts(library)) as [Layouts, Layouts];
  const problems = readings.flatMap((reading, index) =>
    reading.problems.map((one) => ({ ...one, abi: abis[index] as AbiId })),
  );
  const wanted = given.type;
  if (wanted !== undefined && !entryNamed(a, wanted) && !entryNamed(b, wanted)) throw unknownType(wanted, a);
  const found = differencesOf(a, b).filter(({ name }) => wanted === undefined || name === shortName(wanted));
  if (given.json) {
    const types = found.map((one) => differenceJson(one, abis));
    return conclude(JSON.stringify({ diff: abis, types, ...(problems.length > 0 && { problems }) }), problems);
  }
  return conclude(found.map((one) => differenceText(one, [a.abi, b.abi])).join('\n\n') || 'Nothing moves.', problems);
}

function pairOf(text: string): [AbiId, AbiId] {
  const abis = text.split(',').map((name) => ABI_IDS.find((abi) => abi === name.trim()));
  const [a, b] = abis;
  if (abis.length === 2 && a && b) return [a, b];
  throw new UsageError(`--diff takes two of ${ABI_IDS.join(', ')} separated by a comma, not "${text}".`);
}

function chosen(layouts: Layouts, { type }: Given): TypeEntry[] {
  if (type === undefined) return entriesOf(layouts);
  const entry = entryNamed(layouts, type);
  if (entry) return [entry];
  throw unknownType(type, layouts);
}

function unknownType(name: string, layouts: Layouts): UsageError {
  const names = entriesOf(layouts).map((entry) => entry.name);
  const most = names.slice(0, 20).join(', ') + (names.length > 20 ? ', …' : '');
  return new UsageError(
    `--type: “${name}” is not declared. ${names.length > 0 ? `There are ${most}.` : 'Nothing is.'}`,
  );
}

/** Prints, and reports on stderr what couldn't be read. */
async function conclude(text: string, problems: readonly Problem[]): Promise<ExitStatus> {
  const isRead = text === '' || (await written(`${text}\n`));
  complain(problemLines(problems));
  if (isFailed(problems)) return EXIT.error;
  return isRead ? EXIT.done : EXIT.pipeClosed;
}

const complain = (lines: readonly string[]) => process.stderr.write(lines.map((line) => `${line}\n`).join(''));
