import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { getEnvironmentData, isMainThread, setEnvironmentData, threadId } from 'node:worker_threads';
import { toLogText } from './log-text.ts';

/** Threads that are started later find it there. */
const PLACE = 'shmscope.program-log';
/** Bytes of one file, and the maximum number of files. */
export const MAX_FILE = 1024 * 1024;
const FILES = 3;
/** Entries per minute from one thread; further ones are counted. */
const A_MINUTE = 120;

let minute = 0;
let written = 0;

/** From now on this process, and each thread that it starts, logs to `logs/` in the data folder. Returns the file. */
export function openProgramLog(dataDir: string): string {
  const file = path.join(dataDir, 'logs', 'shmscope.log');
  setEnvironmentData(PLACE, file);
  return file;
}

export const logInfo = (text: string): void => write('info', text);

/** Logs what went wrong, and where. Returns the id of the entry. */
export function logError(what: string, error: unknown): string {
  const id = randomBytes(4).toString('hex');
  write('error', `${id} ${what}: ${toLogText(error)}`);
  return id;
}

/**
 * An entry: its time, process and thread, and what happened; further lines are indented. Failing to write the log is
 * ignored.
 */
function write(level: 'info' | 'error', text: string): void {
  const file = getEnvironmentData(PLACE);
  if (typeof file !== 'string' || !isInTime()) return;
  const thread = isMainThread ? '' : `/${threadId}`;
  const entry = `${new Date().toISOString()} [${process.pid}${thread}] ${level} ${text.replaceAll('\n', '\n    ')}\n`;
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    if (sizeOf(file) + entry.length > MAX_FILE) rotate(file);
    // Opened for each entry: other threads and processes write and rotate it too.
    appendFileSync(file, entry, { mode: 0o600 });
  } catch {
    // There is nowhere left to report it.
  }
}

/** Something that fails in a loop must not fill the log. */
function isInTime(): boolean {
  const now = Math.floor(Date.now() / 60_000);
  if (now !== minute) {
    const more = written - A_MINUTE;
    [minute, written] = [now, 0];
    if (more > 0) logInfo(`${more} more entries in the previous minute were dropped.`);
  }
  written += 1;
  return written <= A_MINUTE;
}

const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

function rotate(file: string): void {
  const nth = (n: number) => (n === 0 ? file : file.replace(/\.log$/, `.${n}.log`));
  for (let n = FILES - 2; n >= 0; n--) if (sizeOf(nth(n)) > 0) renameSync(nth(n), nth(n + 1));
}
