import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { RemovedCapture } from '../../../shared/captures.ts';
import { ShmscopeError } from '../../../shared/failure.ts';
import type { Settings } from '../../../shared/settings.ts';
import { capturesIn } from '../store/describe.ts';
import type { CaptureAges } from './ages.ts';
import { deleteCapture } from './change.ts';

/** One JSON object per line: what retention deleted. */
const REMOVED_FILE = 'removed.jsonl';
const MAX_REMOVED = 1000;
const DAY_MS = 24 * 3600 * 1000;

const removedSchema = v.object({
  file: v.string(),
  bytes: v.number(),
  at: v.number(),
  why: v.picklist(['size', 'age']),
});

export interface Retention {
  readonly retention: Settings['retention'];
  /** The file being recorded. */
  readonly recording: string;
  /** Its bytes. */
  readonly recordingBytes: number;
  /** Files open for reading: they stay. */
  readonly opened: readonly string[];
}

/**
 * Deletes whole captures, those with the oldest records first, until the limits of age and size are met; lists each in
 * the folder's list of removed captures. Age counts from the last write, so that an import of an old log isn't deleted
 * at once. A capture that is open or can't be deleted stays. Returns the bytes left for the capture being recorded,
 * null without a limit; captures that will be deleted before its records don't count.
 * @param untold kept for the next time: what was deleted but couldn't be listed, as on a full disk
 */
export function retain(
  folder: string,
  { retention, recording, recordingBytes, opened }: Retention,
  unreported: RemovedCapture[],
  ages: CaptureAges,
  now = Date.now(),
): number | null {
  saveRemoved(folder, unreported);
  const keep = new Set(opened);
  const files = ages.oldestFirst(folder, capturesIn(folder));
  const oldest = retention.maxAgeDays === null ? Number.NEGATIVE_INFINITY : now - retention.maxAgeDays * DAY_MS;
  const limit = retention.maxBytes ?? Number.POSITIVE_INFINITY;
  let others = files.reduce((sum, { file, bytes }) => (file === recording ? sum : sum + bytes), 0);
  let held = 0;
  for (const { file, bytes, writtenMs } of files) {
    const why = writtenMs < oldest ? 'age' : others + recordingBytes > limit ? 'size' : undefined;
    if (file === recording) continue;
    if (why && !keep.has(file) && remove(folder, { file, bytes, at: now * 1000, why }, unreported)) others -= bytes;
    else if (why) held += bytes;
  }
  return retention.maxBytes === null ? null : Math.max(0, limit - held);
}

function remove(folder: string, removed: RemovedCapture, unreported: RemovedCapture[]): boolean {
  try {
    deleteCapture(join(folder, removed.file));
  } catch (error) {
    if (error instanceof ShmscopeError) return false;
    throw error;
  }
  unreported.push(removed);
  saveRemoved(folder, unreported);
  return true;
}

/** Empties `untold` once it is written. Throws the file system's error. */
function saveRemoved(folder: string, unreported: RemovedCapture[]): void {
  if (unreported.length === 0) return;
  const lines = unreported.map((removed) => `${JSON.stringify(removed)}\n`).join('');
  appendFileSync(join(folder, REMOVED_FILE), lines, { mode: 0o600 });
  unreported.length = 0;
}

/** What was deleted, newest first; malformed lines are skipped. */
export function readRemoved(folder: string): RemovedCapture[] {
  let text: string;
  try {
    text = readFileSync(join(folder, REMOVED_FILE), 'utf8');
  } catch {
    return [];
  }
  const lines = text.trimEnd().split('\n').slice(-MAX_REMOVED).reverse();
  return lines.flatMap((line) => {
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), removedSchema), line);
    return parsed.success ? [parsed.output] : [];
  });
}
