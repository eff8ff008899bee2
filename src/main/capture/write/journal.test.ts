import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { batchOf, sessionOf, taggedPayload, temporaryFolder } from '../testing.ts';
import { createCapture } from './create.ts';
import { type Group, Journal } from './journal.ts';

let folder: ReturnType<typeof temporaryFolder>;
let db: DatabaseSync;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  ({ db, file } = createCapture(folder.path));
});
afterEach(() => {
  db.close();
  folder.remove();
});

const GROUP: Group = {
  sessions: [sessionOf(1)],
  batches: [batchOf(1, 0, [{ bytes: taggedPayload(1, 0, 500_000) }, { bytes: taggedPayload(1, 1) }])],
};
const count = (table: string) => db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n;

test('a group that meets a full file leaves nothing of itself, and can be written again', () => {
  const journal = new Journal(db);
  db.exec('PRAGMA max_page_count = 20');
  expect(() => journal.write(GROUP)).toThrow('full');
  expect([count('session'), count('chunk'), count('record')]).toEqual([0, 0, 0]);
  expect(journal.holds(GROUP)).toBe(false);
  db.exec('PRAGMA max_page_count = 100000');
  journal.write(GROUP);
  expect([count('session'), count('chunk'), count('record')]).toEqual([1, 2, 2]);
});

test('a group whose commit failed after its deed is known to be in the file', () => {
  class Doubtful extends DatabaseSync {
    override exec(sql: string): void {
      super.exec(sql);
      if (sql === 'COMMIT') throw new Error('disk I/O error');
    }
  }
  const doubtful = new Doubtful(file);
  const journal = new Journal(doubtful);
  expect(journal.holds(GROUP)).toBe(false);
  expect(() => journal.write(GROUP)).toThrow('disk I/O error');
  expect(journal.holds(GROUP)).toBe(true);
  doubtful.close();
});

test('payloads of several batches share a chunk of at most 256 KiB; a larger one has its own, with a head', () => {
  const journal = new Journal(db);
  const sizes = [100_000, 100_000, 100_000, 300_000, 10];
  const batches = sizes.map((size, seq) => batchOf(1, seq, [{ bytes: taggedPayload(1, seq, size) }]));
  journal.write({ sessions: [sessionOf(1)], batches });
  const chunks = db
    .prepare('SELECT first_seq, length(data) AS bytes, length(head) AS head FROM chunk ORDER BY id')
    .all();
  expect(chunks).toEqual([
    { first_seq: 0, bytes: 200_000, head: null },
    { first_seq: 2, bytes: 100_000, head: null },
    { first_seq: 3, bytes: 300_000, head: 160 },
    { first_seq: 4, bytes: 10, head: null },
  ]);
});
