import { existsSync, lstatSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { type Command, Option } from 'commander';
import * as v from 'valibot';
import { captureFileSchema } from '../../../shared/captures.ts';
import { defaultDataDir } from '../../data-dir.ts';
import { UsageError } from '../exit-status.ts';
import { wholeNumber } from '../steps.ts';

/** Where captures are, on the command line. */
export interface GivenPlace {
  readonly data: string;
  readonly session?: string;
}

export const CAPTURE_ARGUMENT = 'a capture: a file, or the name of one in the data folder (see "shmscope captures")';

export const addData = (command: Command): Command =>
  command.option('--data <dir>', 'data folder, which has the captures of the window', defaultDataDir());

export const sessionOption = (otherwise: string): Option =>
  new Option('--session <n>', `number of the session within the capture (default: ${otherwise})`);

export const capturesFolder = (data: string): string => path.join(data, 'captures');

/** The file that is meant, perhaps through a link. Throws {@link UsageError} if there is none. */
export function captureAt(given: string, { data }: GivenPlace): string {
  if (existsSync(given)) return throughLink(given);
  const named = path.join(capturesFolder(data), given);
  if (v.is(captureFileSchema, given) && existsSync(named)) return named;
  throw new UsageError(
    `There is no capture "${given}", neither here nor in ${capturesFolder(data)}. "shmscope captures" lists those there.`,
  );
}

/** A link that nobody named is not followed: in the data folder. */
export const throughLink = (file: string): string => (lstatSync(file).isSymbolicLink() ? realpathSync(file) : file);

export const sessionNumber = ({ session }: GivenPlace): number | undefined =>
  session === undefined ? undefined : wholeNumber('--session', session, 1, Number.MAX_SAFE_INTEGER);
