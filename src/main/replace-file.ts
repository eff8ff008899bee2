import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** Of this process: another one that writes the same file has its own. */
const temporaryOf = (file: string) => `${file}.${process.pid}.new`;

/** Replaces a file that only this user may read, atomically. Throws the system's error. */
export function replaceFileSync(file: string, text: string): void {
  const temporary = temporaryOf(file);
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    const fd = openSync(temporary, 'w', 0o600);
    try {
      writeSync(fd, text);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The same without blocking the thread. One at a time per file. */
export async function replaceFile(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = temporaryOf(file);
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(temporary, 'w', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
