import { join } from 'node:path';
import { fileSize, readSessions } from '../store/describe.ts';
import { openForReading } from '../store/open-file.ts';

interface Known {
  /** Of the file, to see whether it changed. */
  readonly bytes: number;
  readonly writtenMs: number;
  readonly newestMs: number;
}

/**
 * How old captures are: when the newest of their records was made. A file's name and times tell when it was written,
 * but an import writes an old log anew. A capture that can't be read is as old as its file.
 */
export class CaptureAges {
  readonly #known = new Map<string, Known>();

  /** `files` of the folder with their sizes and times, oldest first. Throws the file system's error. */
  oldestFirst(folder: string, files: readonly string[]) {
    const all = files.map((file) => ({ file, ...fileSize(join(folder, file)) }));
    for (const file of this.#known.keys()) if (!files.includes(file)) this.#known.delete(file);
    return all
      .map((file) => ({ ...file, newestMs: this.#newestIn(folder, file) }))
      .sort((a, b) => a.newestMs - b.newestMs || a.writtenMs - b.writtenMs || (a.file < b.file ? -1 : 1));
  }

  #newestIn(folder: string, { file, bytes, writtenMs }: { file: string; bytes: number; writtenMs: number }): number {
    const known = this.#known.get(file);
    if (known?.bytes === bytes && known.writtenMs === writtenMs) return known.newestMs;
    const newestMs = newestRecordMs(join(folder, file)) ?? writtenMs;
    this.#known.set(file, { bytes, writtenMs, newestMs });
    return newestMs;
  }
}

function newestRecordMs(path: string): number | null {
  try {
    const { db } = openForReading(path);
    try {
      const times = readSessions(db).map(({ lastAt, openedAt }) => lastAt ?? openedAt);
      return times.length === 0 ? null : Math.max(...times) / 1000;
    } finally {
      db.close();
    }
  } catch {
    return null;
  }
}
