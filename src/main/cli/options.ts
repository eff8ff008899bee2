import { type Command, Option } from 'commander';
import * as v from 'valibot';
import {
  DEFAULT_EVENT_C2S,
  DEFAULT_EVENT_S2C,
  DEFAULT_SECTION,
  LAYOUT_BUILDS,
  LAYOUTS,
  MAX_TIMEOUT_MS,
} from '../../shared/domain.ts';
import type { EncodingChoice } from '../../shared/text/encodings.ts';
import { UsageError } from './exit-status.ts';
import type { OutputOptions } from './output-target.ts';
import { wholeNumber } from './steps.ts';

/** Options shared by several commands, and how they are parsed. */

export interface GivenNames {
  readonly name: string;
  readonly eventS2c: string;
  readonly eventC2s: string;
}

export interface GivenOutput {
  readonly output?: string;
  readonly force?: boolean;
  readonly append?: boolean;
}

export const addNames = (command: Command): Command =>
  command
    .option('--name <name>', 'name of the section', DEFAULT_SECTION)
    .option('--event-s2c <name>', 'name of the server→client event', DEFAULT_EVENT_S2C)
    .option('--event-c2s <name>', 'name of the client→server event', DEFAULT_EVENT_C2S);

export const layoutOption = (isChosen: boolean): Option =>
  new Option(
    '--layout <layout>',
    `layout of the section: ${LAYOUTS.map((each) => `${each}: ${LAYOUT_BUILDS[each]}`).join('; ')}`,
  )
    .choices(isChosen ? LAYOUTS : ['auto', ...LAYOUTS])
    .default(isChosen ? 'sized' : 'auto');

/** @param when the file is created */
export const addOutput = (command: Command, when = ', created once the channel is open,'): Command =>
  command
    .option('--output <file>', `write the records to FILE${when} instead of stdout`)
    .addOption(new Option('--force', 'replace FILE if it exists').conflicts('append'))
    .addOption(new Option('--append', 'append to FILE'));

export function outputOptions({ output: file, force, append }: GivenOutput): OutputOptions {
  if (file === undefined && (force || append))
    throw new UsageError(`${force ? '--force' : '--append'} needs --output, which names the file.`);
  return { file, existing: force ? 'replace' : append ? 'append' : 'refuse' };
}

export const encodingOption = (usual?: EncodingChoice): Option => {
  const option = new Option('--encoding <name>', `encoding of payloads: ${SOME_ENCODINGS}, auto, …`);
  return usual === undefined ? option : option.default(usual);
};
export const SOME_ENCODINGS = 'utf-8, utf-16le, windows-1252, shift_jis';

/** Parses with the schema. Throws {@link UsageError} with the first problem. */
export function checked<S extends v.GenericSchema>(schema: S, given: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, given);
  if (parsed.success) return parsed.output;
  throw new UsageError(parsed.issues[0].message);
}

/** ms; null for "none". */
export const limit = (option: string, value: string): number | null =>
  value === 'none' ? null : wholeNumber(option, value, 1, MAX_TIMEOUT_MS, { unit: 'ms', or: '"none"' });
