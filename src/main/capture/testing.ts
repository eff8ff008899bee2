import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import type { MessagePort } from 'node:worker_threads';
import { buffersOf, packBatch } from '../../shared/batch-form.ts';
import type { Direction } from '../../shared/domain.ts';
import type { CommitReply, RecordBatch, RecordDraft } from '../../shared/log.ts';
import { laneOf } from '../../shared/session-kind.ts';
import { builtWorker } from '../built-worker.testing.ts';
import type { Capture } from './capture.ts';
import type { CapturedSession } from './store/captured-session.ts';
import { COUNTED_SINCE } from './store/older-version.ts';

/** Helpers shared by the tests and benchmarks of this folder. */

export const workerPath = fileURLToPath(builtWorker('capture'));
export const everything = '';

export const sessionOf = (id: number): CapturedSession => ({
  id,
  role: 'server',
  section: `Local\\Section${id}`,
  eventS2c: `Local\\S2C${id}`,
  eventC2s: `Local\\C2S${id}`,
  openedAt: 1_700_000_000_000_000,
});

/** What a test specifies of a record; the rest is filled in. */
export interface Sample extends Partial<Omit<RecordDraft, 'seq' | 'lane' | 'size' | 'offset'>> {
  /** As the server of {@link sessionOf} sees it; `in` if omitted. */
  readonly direction?: Direction | null;
  readonly bytes?: Uint8Array;
}

/** Samples as a batch, numbered from `first`. */
export function batchOf(session: number, first: number, samples: readonly Sample[]): RecordBatch {
  const payload = new Uint8Array(samples.reduce((sum, { bytes }) => sum + (bytes?.byteLength ?? 0), 0));
  let offset = 0;
  const records = samples.map(({ bytes, direction = 'in', ...sample }, index): RecordDraft => {
    const seq = first + index;
    const size = bytes?.byteLength ?? 0;
    if (bytes) payload.set(bytes, offset);
    const times = { wall: 1_700_000_000_000_000 + seq * 10, mono: seq * 10 };
    const record = {
      kind: 'message',
      lane: direction && laneOf('server', direction),
      code: null,
      detail: null,
      count: 1,
      ...times,
      ...sample,
    } as const;
    offset += size;
    return { ...record, seq, size, offset: offset - size };
  });
  return { session, records, payload };
}

export function post(port: MessagePort, batch: RecordBatch): void {
  const packed = packBatch(batch);
  port.postMessage(packed, buffersOf(packed));
}

/** A payload that contains its session and number, so that it can't be confused with another. */
export function taggedPayload(session: number, seq: number, size = 32 + (seq % 200)): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size).fill((seq * 31 + session) & 0xff);
  new DataView(bytes.buffer).setUint32(0, session, true);
  new DataView(bytes.buffer).setUint32(4, seq, true);
  return bytes;
}

/** The first reply on `port` that matches; rejects if the port closes first. */
export function reply(port: MessagePort, wanted: (reply: CommitReply) => boolean): Promise<CommitReply> {
  return new Promise((resolve, reject) => {
    const look = (got: CommitReply) => wanted(got) && end(() => resolve(got));
    const fail = () => end(() => reject(new Error('The port closed before the reply came.')));
    function end(settle: () => void) {
      port.off('message', look).off('close', fail);
      settle();
    }
    port.on('message', look).on('close', fail);
  });
}

export const committed = (port: MessagePort, records: number) =>
  reply(port, (got) => 'committed' in got && got.committed >= records);

/** Waits until the capture, according to its change notices, is as wanted. */
export function changed(capture: Capture, wanted: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const undo = capture.onChange(look);
    function look() {
      if (!wanted()) return;
      undo();
      resolve();
    }
    look();
  });
}

export function closed(port: MessagePort): Promise<unknown> {
  // A port that wasn't started hears nothing, not even its own close.
  port.start();
  return once(port, 'close');
}

/** Bytes of the capture's pages in use. */
export function usedBytes(db: DatabaseSync): number {
  const pages =
    'SELECT (page_count - freelist_count) * page_size AS bytes FROM pragma_page_count, pragma_freelist_count, pragma_page_size';
  return (db.prepare(pages).get() as { bytes: number }).bytes;
}

export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'shmscope-capture-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/**
 * A disk of its own, such as a full or read-only one. Needs Linux and root, and throws without: a skipped test proves
 * nothing.
 */
export function temporaryDisk(options: string) {
  const folder = temporaryFolder();
  const mount = (...args: string[]) => execFileSync('mount', [...args, folder.path]);
  mount('-t', 'tmpfs', '-o', options, 'tmpfs');
  return {
    path: folder.path,
    resize: (size: string) => mount('-o', `remount,size=${size}`),
    remove: () => {
      execFileSync('umount', ['--lazy', folder.path]);
      folder.remove();
    },
  };
}

/** Turns a capture into one of an older version, as it was written then; its sessions are servers. */
export function takeBack(db: DatabaseSync, version: 1 | 2 | 3): void {
  db.exec('ALTER TABLE record RENAME COLUMN lane TO direction; UPDATE record SET direction = 3 - direction');
  for (const name of ['messages', 'bytes', 'largest', 'unread', 'sizes', 'unreads', 'replies'])
    db.exec(`ALTER TABLE bucket RENAME COLUMN ${name}_c2s TO ${name}_in;
      ALTER TABLE bucket RENAME COLUMN ${name}_s2c TO ${name}_out`);
  db.exec('DROP TABLE run; ALTER TABLE record DROP COLUMN count; DROP TABLE session_types');
  db.exec('ALTER TABLE bucket DROP COLUMN peak_messages; ALTER TABLE bucket DROP COLUMN peak_bytes');
  for (const [counter, since] of Object.entries(COUNTED_SINCE))
    if (since > 3) db.exec(`ALTER TABLE bucket DROP COLUMN ${counter}`);
  if (version === 3) db.exec('CREATE TABLE silence (session, block, last, spans, PRIMARY KEY (session, block))');
  if (version === 1)
    db.exec(`DROP TABLE bucket; DROP TABLE mark; DROP TABLE removal; DROP TABLE property; DROP INDEX chunk_of_session;
      ALTER TABLE record DROP COLUMN unread`);
  db.exec(`PRAGMA user_version = ${version}`);
}
