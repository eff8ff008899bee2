import { closeSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The longest part of a file's name that comes from a section's name, in characters. */
const MAX_NAME = 40;

/** A section's name as part of a file's name on any system: letters, digits, `_` and `-`, and never a path. */
export function fileNameOf(section: string): string {
  const bare = section.replace(/^(Local|Global)\\/, '').normalize('NFC');
  const safe = [...bare].slice(0, MAX_NAME).join('');
  return safe.replace(/[^\p{L}\p{N}_-]/gu, '_').replace(/^-/, '_') || '_';
}

/** `20251231-235959`, local time. */
export function timeStamp(now = new Date()): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  return `${date}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
}

/** Creates an empty file under a new name, for the owner only. Returns its path. */
export function createEmpty(file: string): string {
  closeSync(openSync(file, 'wx', 0o600));
  return file;
}

/** Creates an empty `<folder>/<name>.<extension>`, or with `-2`, `-3`, … if that is taken. Returns its path. */
export function createFile(folder: string, name: string, extension: string): string {
  for (let n = 1; ; n++) {
    try {
      return createEmpty(join(folder, n === 1 ? `${name}.${extension}` : `${name}-${n}.${extension}`));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** Gives a complete file its name, atomically and without replacing another file. Returns its path. */
export const publish = (temporary: string, folder: string, name: string, extension: string): string =>
  putInPlace(temporary, createFile(folder, name, extension));

/** Gives a complete file the name of an empty one that was created for it; the empty one is removed if that fails. */
export function putInPlace(temporary: string, file: string): string {
  try {
    renameSync(temporary, file);
    return file;
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
}
