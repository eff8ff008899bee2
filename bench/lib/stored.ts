import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SCHEMA_VERSION } from '../../src/main/capture/store/migrations/migrations.ts';
import { batchOf, sessionOf } from '../../src/main/capture/testing.ts';
import { openForWriting } from '../../src/main/capture/write/create.ts';
import { Journal } from '../../src/main/capture/write/journal.ts';

const FOLDER = join(import.meta.dirname, '../../.cache/bench');
const BATCH = 1000;
/** Bytes of a payload. */
export const SIZE = 200;
/** µs between records: 20,000 a second. */
export const PACE = 50;

/**
 * A closed capture of one session with `records` messages of 200 bytes; created once and kept for the next run. Returns
 * its path.
 */
export function storedCapture(records: number): string {
  const version = `-v${SCHEMA_VERSION}.sqlite`;
  const file = join(FOLDER, `bench-${records}${version}`);
  if (existsSync(file)) return file;
  mkdirSync(FOLDER, { recursive: true });
  for (const name of readdirSync(FOLDER)) if (!name.includes(version)) rmSync(join(FOLDER, name));
  const unfinished = `${file}.${process.pid}`;
  try {
    write(unfinished, records);
    renameSync(unfinished, file);
  } finally {
    for (const suffix of ['', '-wal', '-shm']) rmSync(unfinished + suffix, { force: true });
  }
  return file;
}

/** Puts the capture into `folder`, as a link if possible, since it is large. */
export function placeIn(folder: string, capture: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const target = join(folder, basename(capture));
  try {
    linkSync(capture, target);
  } catch {
    copyFileSync(capture, target);
  }
}

function write(file: string, records: number): void {
  const journal = new Journal(openForWriting(file));
  journal.write({ sessions: [sessionOf(1)], batches: [] });
  for (let at = 0; at < records; at += BATCH) {
    const samples = Array.from({ length: Math.min(BATCH, records - at) }, (_, i) => sample(at + i));
    journal.write({ sessions: [], batches: [batchOf(1, at, samples)] });
  }
  journal.close();
}

const sample = (seq: number) => ({
  bytes: Buffer.from(`{"order":${seq},"state":"filled","text":"${'lorem ipsum '.repeat(16)}"}`.slice(0, SIZE)),
  wall: sessionOf(1).openedAt + seq * PACE,
  mono: seq * PACE,
  direction: seq % 2 ? ('out' as const) : ('in' as const),
  unreadMicros: (seq * 7919) % PACE,
});
