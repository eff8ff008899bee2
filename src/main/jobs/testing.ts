import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExportFormat, ExportScope } from '../../shared/export.ts';
import type { JobSnapshot } from '../../shared/job.ts';
import type { RecordBatch } from '../../shared/log.ts';
import { builtWorker } from '../built-worker.testing.ts';
import type { CapturedSession } from '../capture/store/captured-session.ts';
import { batchOf, workerPath as captureWorker, type Sample, sessionOf, temporaryFolder } from '../capture/testing.ts';
import { createCapture } from '../capture/write/create.ts';
import { Journal } from '../capture/write/journal.ts';
import { JobRegistry } from './registry.ts';

/** Helpers shared by the tests and benchmark of jobs. */

const ownWorker = fileURLToPath(builtWorker('job'));
const everything: ExportScope = { what: 'everything' };

export interface Bench {
  readonly folder: string;
  readonly jobs: JobRegistry;
  /** Every snapshot that was reported. */
  readonly reported: JobSnapshot[];
  readonly close: () => Promise<void>;
}

/** Jobs in a folder of their own, or in `path`. */
export function openJobs(options: { path?: string; idleMs?: number; workerPath?: string } = {}): Bench {
  const own = options.path === undefined ? temporaryFolder() : undefined;
  const folder = options.path ?? (own as { path: string }).path;
  const reported: JobSnapshot[] = [];
  const jobs: JobRegistry = new JobRegistry({
    workerPath: options.workerPath ?? ownWorker,
    captureWorker,
    folders: { exports: join(folder, 'exports'), captures: join(folder, 'captures') },
    ...(options.idleMs && { idleMs: options.idleMs }),
    onChange: () => reported.push(...jobs.snapshots()),
  });
  const close = async () => {
    await jobs.close();
    own?.remove();
  };
  return { folder, jobs, reported, close };
}

/** A closed capture of one session with these records. Returns its path. */
export function captureOf(folder: string, samples: readonly Sample[], session: Partial<CapturedSession> = {}): string {
  return captureOfBatches(folder, [batchOf(1, 0, samples)], session);
}

export const captureOfBatches = (
  folder: string,
  batches: Iterable<RecordBatch>,
  session: Partial<CapturedSession> = {},
): string => captureOfSessions(folder, [{ ...sessionOf(1), ...session }], batches);

export function captureOfSessions(
  folder: string,
  sessions: readonly CapturedSession[],
  batches: Iterable<RecordBatch>,
): string {
  const { file, db } = createCapture(join(folder, 'captures'));
  const journal = new Journal(db);
  journal.write({ sessions, batches: [] });
  for (const batch of batches) journal.write({ sessions: [], batches: [batch] });
  journal.close();
  return file;
}

/** Exports and waits for the end. */
export async function exported(
  { jobs }: Bench,
  capture: string,
  format: ExportFormat,
  scope: ExportScope = everything,
): Promise<JobSnapshot> {
  const { id } = jobs.startExport(capture, { session: 1, scope, format });
  await jobs.get(id).ended;
  return jobs.get(id).snapshot;
}

/** The text of what was exported. */
export async function exportedText(...args: Parameters<typeof exported>): Promise<string> {
  const { file, failure } = await exported(...args);
  if (!file) throw new Error(failure?.message ?? 'No file was left.');
  return readFileSync(file, 'utf8');
}

/** Imports `bytes` in chunks of 64 KiB, or as many as it takes until it fails, and waits for the end. */
export async function imported({ jobs }: Bench, bytes: Uint8Array, chunkBytes = 64 * 1024): Promise<JobSnapshot> {
  const { id } = jobs.startImport({ name: 'log.jsonl', size: bytes.byteLength });
  const job = jobs.get(id);
  try {
    for (let at = 0; at < bytes.byteLength; at += chunkBytes)
      await job.addChunk(new Uint8Array(bytes.subarray(at, at + chunkBytes)));
    job.addEnd();
  } catch {
    // The snapshot says why.
  }
  await job.ended;
  return job.snapshot;
}

/** Every file of the folder, hidden ones included. */
export const filesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);
