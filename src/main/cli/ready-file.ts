import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { replaceFileSync } from '../replace-file.ts';
import { UsageError } from './exit-status.ts';

/** What a script that starts `serve` waits for: the address, and the process. */
const readySchema = v.strictObject({ url: v.string(), pid: v.number() });
export type Ready = v.InferOutput<typeof readySchema>;

/** More than one of our files has. */
const MAX_BYTES = 10_000;

/** Refuses a path that is taken by anything but such a file. Throws {@link UsageError}. */
export function checkReadyFile(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found && !statSync(path.dirname(path.resolve(file)), { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`--ready-file: "${file}" can't be written: there is no such folder.`);
  if (found && !(found.isFile() && found.size < MAX_BYTES && isReady(readFileSync(file, 'utf8'))))
    throw new UsageError(
      `--ready-file: "${file}" exists already, and serve did not write it. Name another file, or delete it.`,
    );
}

/** Appears complete, replacing an earlier one. Throws the system's error. */
export const writeReadyFile = (file: string, ready: Ready): void => replaceFileSync(file, JSON.stringify(ready));

function isReady(text: string): boolean {
  try {
    return v.is(readySchema, JSON.parse(text));
  } catch {
    return false;
  }
}
