import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { isExhaustive, sample } from '../sample.testing.ts';
import { RunReader } from './fold/runs.ts';
import { KIND_CODES } from './store/codes.ts';
import { MIGRATIONS } from './store/migrations/migrations.ts';
import { versionOf } from './store/schema.ts';
import { taggedPayload, temporaryFolder } from './testing.ts';

const folders: { remove(): void }[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

/** Runs kill.child.ts and kills it after `acknowledgements`; returns the file and what had been acknowledged. */
async function recordUntilKilled(acknowledgements: number) {
  const folder = temporaryFolder();
  folders.push(folder);
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  const child = spawn(process.execPath, [join(import.meta.dirname, 'kill.child.ts'), folder.path], {
    stdio: [...stdio],
  });
  const exit = once(child, 'exit');
  const committed = new Map([
    [1, 0],
    [2, 0],
  ]);
  let file = '';
  let seen = 0;
  for await (const line of createInterface(child.stdout)) {
    const told = JSON.parse(line);
    file ||= told.file;
    if (told.session) committed.set(told.session, told.committed);
    if (++seen === acknowledgements) child.kill('SIGKILL');
  }
  expect((await exit)[1]).toBe('SIGKILL');
  return { file, committed };
}

test.each(sample([2, ...Array.from({ length: 3 }, () => 2 + Math.floor(Math.random() * 60)), 3, 10, 40], 3))(
  'a capture killed after %i reports holds all that was acknowledged, without a gap, byte for byte',
  { timeout: 30_000 },
  async (acknowledgements) => {
    const { file, committed } = await recordUntilKilled(acknowledgements);
    const db = new DatabaseSync(file);
    expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    for (const [session, acknowledged] of committed) {
      const records = gaplessRecords(db, session);
      expect(records).toBeGreaterThanOrEqual(acknowledged);
      expect(await runs(db, session, records)).toEqual(await runs(db, session, records, true));
    }
    db.close();
  },
);

test('one that is killed while it is made has left a capture, or nothing but its name', {
  timeout: 60_000,
}, async () => {
  for (let round = 0; round < (isExhaustive ? 10 : 4); round++) {
    const folder = temporaryFolder();
    folders.push(folder);
    const child = spawn(process.execPath, [join(import.meta.dirname, 'kill.child.ts'), folder.path], {
      stdio: 'ignore',
    });
    const exit = once(child, 'exit');
    for await (const { filename } of watch(folder.path)) if (filename?.endsWith('.sqlite')) break;
    await sleep(round);
    child.kill('SIGKILL');
    await exit;
    const file = join(folder.path, readdirSync(folder.path).find((name) => name.endsWith('.sqlite')) as string);
    if (statSync(file).size === 0) continue;
    const db = new DatabaseSync(file);
    expect(versionOf(db)).toBe(MIGRATIONS.length);
    db.close();
  }
});

/** As they are in the file, or as the records have them. */
async function runs(db: DatabaseSync, session: number, records: number, compute = false) {
  const { firsts, lasts, length } = await new RunReader(db, { compute }).of(session, records);
  return [firsts.slice(0, length), lasts.slice(0, length)];
}

/** Counts the session's records; fails at the first that is missing or isn't byte for byte what was sent. */
function gaplessRecords(db: DatabaseSync, session: number): number {
  const records = db.prepare('SELECT seq, kind, chunk, offset, size FROM record WHERE session = ? ORDER BY seq');
  const chunks = db.prepare('SELECT id, data FROM chunk WHERE id = ?');
  let chunk: { id: number; data: Uint8Array } | undefined;
  let next = 0;
  for (const row of records.iterate(session)) {
    const record = row as { seq: number; kind: number; chunk: number; offset: number; size: number };
    if (record.seq !== next || !isAsSent(record))
      expect.fail(`session ${session}: record ${next} is not what was sent`);
    next++;
  }
  function isAsSent({ kind, ...record }: { kind: number; chunk: number; offset: number; size: number }): boolean {
    if (kind === KIND_CODES.timeout) return next % 9 >= 6;
    if (chunk?.id !== record.chunk) chunk = chunks.get(record.chunk) as unknown as NonNullable<typeof chunk>;
    const bytes = chunk.data.subarray(record.offset, record.offset + record.size);
    return Buffer.compare(bytes, taggedPayload(session, next)) === 0;
  }
  return next;
}
