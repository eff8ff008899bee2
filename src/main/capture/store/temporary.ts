import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A dot: no list of captures or exports shows it. The number tells which process made it. */
const TEMPORARY = /^\.job-(\d+)-[0-9a-f]+\.part(?:-wal|-shm)?$/;

/** A unique name for a file while it is being written. */
export const temporaryFile = (folder: string): string =>
  join(folder, `.job-${process.pid}-${randomBytes(8).toString('hex')}.part`);

/** Removes a file that was being written, and what a database created beside it. */
export function removeTemporary(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
}

/** Removes what killed processes have left in `folder`. A folder that can't be read has nothing to remove. */
export function removeLeftovers(folder: string): void {
  for (const name of namesIn(folder)) {
    const pid = Number(TEMPORARY.exec(name)?.[1] ?? Number.NaN);
    if (pid === process.pid || (pid > 0 && !isAlive(pid))) rmSync(join(folder, name), { force: true });
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
