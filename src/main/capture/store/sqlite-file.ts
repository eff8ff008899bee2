import { closeSync, openSync, readSync } from 'node:fs';

/** How every SQLite file starts. */
export const SQLITE_MAGIC = 'SQLite format 3\0';

/** Whether a file is a SQLite database, judged by its first bytes. Throws the system's error. */
export function isSqliteFile(file: string): boolean {
  const descriptor = openSync(file, 'r');
  try {
    const head = Buffer.alloc(SQLITE_MAGIC.length);
    return readSync(descriptor, head) === head.length && head.toString('latin1') === SQLITE_MAGIC;
  } finally {
    closeSync(descriptor);
  }
}
