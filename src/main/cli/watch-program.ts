import type { Command } from 'commander';
import * as v from 'valibot';
import { alarmMistake, parseAlarm } from '../../shared/alarm/alarm.ts';
import { alarmTextsSchema } from '../../shared/alarm/texts.ts';
import { CONDITION_WORDS, CONDITIONS } from '../../shared/alarm/words.ts';
import { MAX_SESSIONS } from '../../shared/domain.ts';
import { BUILT_IN, typedCatalogue } from '../../shared/filter/filter.ts';
import { type OpenTap, openTapSchema } from '../../shared/session.ts';
import { type CompiledTypes, NO_TYPES } from '../../shared/types/compiled/compiled.ts';
import { openTypes } from '../../shared/types/compiled/open.ts';
import { workers } from '../workers.ts';
import type { GivenTypes } from './compile-given.ts';
import { UsageError } from './exit-status.ts';
import { addOutput, checked, type GivenOutput, limit, outputOptions } from './options.ts';
import { addTypes, typesOf } from './type-options.ts';
import { runWatch } from './watch-command.ts';

interface Given extends GivenOutput, GivenTypes {
  readonly name: readonly string[];
  readonly alarm: readonly string[];
  readonly eventS2c?: string;
  readonly eventC2s?: string;
  readonly wait?: string;
  readonly timeout: string;
  readonly json?: boolean;
}

const EXAMPLES = CONDITION_WORDS.map((word) => `"${CONDITIONS[word].example}"`).join(', ');
const HELP = `
An alarm is ${EXAMPLES}, or any filter, such as "size:>1k for 3"; see docs/alarms.md.
With --types or --type it can use fields of messages, such as "order.price:>10"; see docs/filter-language.md.
The channels are tapped: nothing is written, set or waited on. Everything else that happens is reported on stderr.
Exit status: 0 no alarm fired, 1 an alarm fired, 2 usage, or a channel can't be watched, 3 a channel did not come, 141 the output is no longer read.`;

const gathered = (value: string, before: readonly string[] = []) => [...before, value];

/** `shmscope watch`. */
export function addWatchCommand(program: Command, finish: (status: number) => void): void {
  const command = program
    .command('watch')
    .description('watch channels of other programs without touching them until an alarm fires')
    .requiredOption('--name <name>', 'name of a section (repeatable)', gathered)
    .requiredOption('--alarm <alarm>', 'what to watch for on each of them (repeatable)', gathered)
    .option('--event-s2c <name>', 'name of the event server→client, with one --name')
    .option('--event-c2s <name>', 'name of the event client→server, with one --name')
    .option('--wait <ms>', 'how long to wait for a channel that does not exist yet; "none": no limit')
    .option('--timeout <ms>', 'how long to watch; "none" watches without a limit', 'none')
    .option('--json', 'print each alarm as a line of JSON');
  addOutput(addTypes(command))
    .addHelpText('after', HELP)
    .action(async (given: Given) => finish(await runWatch(optionsOf(given, (await typesOf(given)) ?? NO_TYPES))));
}

function checkAlarms(texts: readonly string[], types: CompiledTypes): void {
  const given = v.safeParse(alarmTextsSchema, texts);
  if (!given.success) throw new UsageError(`--alarm: ${given.issues[0].message}`);
  const catalogue = typedCatalogue(BUILT_IN, openTypes(types));
  for (const text of texts) {
    const parsed = parseAlarm(text, catalogue);
    if (!parsed.ok) throw new UsageError(`--alarm: ${alarmMistake(text, parsed.error)}`);
  }
}

function optionsOf(given: Given, types: CompiledTypes) {
  const { alarm: alarms, json: asJson = false } = given;
  checkAlarms(alarms, types);
  return {
    open: channels(given),
    alarms,
    timeoutMs: limit('--timeout', given.timeout),
    asJson,
    types,
    output: outputOptions(given),
    workerPaths: workers,
  };
}

function channels({ name: names, eventS2c = '', eventC2s = '', wait }: Given): OpenTap[] {
  if (names.length > 1 && (eventS2c || eventC2s))
    throw new UsageError('--event-s2c and --event-c2s belong to one channel: give one --name with them.');
  if (names.length > MAX_SESSIONS) throw new UsageError(`--name: at most ${MAX_SESSIONS} can be watched at once.`);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) throw new UsageError(`--name: "${twice}" is given twice.`);
  const waiting = wait === undefined ? {} : { wait: { limitMs: limit('--wait', wait) } };
  return names.map((section) => {
    const tap = { kind: 'tap', role: 'tap', section, eventS2c, eventC2s, layout: 'auto', mode: 'adaptive' } as const;
    return checked(openTapSchema, { ...tap, follow: true, ...waiting });
  });
}
