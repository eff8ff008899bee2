/**
 * Shmscope is killed at random moments of a run: is the capture intact each time, and no program left?
 * `SHMSCOPE_KILLS=N` kills it N times; otherwise a few times.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openKernel } from './kernel/open.ts';

const KILLS = Number(process.env.SHMSCOPE_KILLS ?? 2);
/** One in this many is killed while it starts, instead of in the middle of its run. */
const STARTING = 5;
const LONGEST_RUN_MS = 500;
const PATIENCE_MS = 20_000;

const directory = mkdtempSync(join(tmpdir(), 'shmscope-kills-'));
process.env.SHMSCOPE_RUNTIME_DIR = join(directory, 'run');
const kernel = await openKernel();
after(() => rmSync(directory, { recursive: true, force: true, maxRetries: 20 }));

/** Runs a host on `folder` and kills it; resolves to its process id when it has gone. */
async function killedHost(folder: string, number: number): Promise<number> {
  const built = process.env.SHMSCOPE_TEST_WORKERS;
  const script = built
    ? join(built, 'killed-host.js')
    : fileURLToPath(new URL('./killed-host.testing.ts', import.meta.url));
  const said = join(directory, `host-${number}.log`);
  const output = openSync(said, 'w');
  const host = spawn(process.execPath, [...process.execArgv, script, folder], { stdio: ['ignore', output, output] });
  closeSync(output);
  const exit = once(host, 'exit');
  try {
    if (number % STARTING !== 0)
      await until(
        () => readFileSync(said, 'utf8').includes('running'),
        () => `its run: ${readFileSync(said, 'utf8')}`,
      );
    await sleep(Math.random() * LONGEST_RUN_MS);
    assert.equal(host.exitCode, null, readFileSync(said, 'utf8'));
  } finally {
    host.kill('SIGKILL');
    await exit;
  }
  return host.pid as number;
}

async function until(wanted: () => boolean, what: () => string): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; !wanted(); await sleep(5))
    assert.ok(performance.now() < end, `In ${PATIENCE_MS} ms there was not: ${what()}`);
}

/** For a moment an empty file has a capture's name, before the capture itself. */
const isBegun = (file: string) => file.endsWith('.sqlite') && statSync(file).size > 0;

/** Its records and their payloads, by session; fails if the file is damaged. */
function checkCapture(file: string): number {
  const db = new DatabaseSync(file);
  try {
    assert.deepEqual({ ...db.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' });
    const sessions = db
      .prepare('SELECT session, count(*) AS records, min(seq) AS first, max(seq) AS last FROM record GROUP BY session')
      .all() as { session: number; records: number; first: number; last: number }[];
    for (const { session, records, first, last } of sessions)
      assert.deepEqual([first, last], [0, records - 1], `The records of session ${session} have a gap.`);
    const lost = db
      .prepare(
        'SELECT count(*) AS n FROM record WHERE size > 0 AND chunk IS NOT NULL AND chunk NOT IN (SELECT id FROM chunk)',
      )
      .get() as { n: number };
    assert.equal(lost.n, 0, 'Payloads of records are missing.');
    return sessions.reduce((sum, { records }) => sum + records, 0);
  } finally {
    db.close();
  }
}

/** Programs that the host `pid` has started and that still run: each has the host's folder in its environment. */
function leftBehind(): number[] {
  if (process.platform === 'win32') return [];
  return readdirSync('/proc')
    .map(Number)
    .filter(
      (pid) => pid > 0 && pid !== process.pid && environmentOf(pid).includes(process.env.SHMSCOPE_RUNTIME_DIR ?? ''),
    );
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}

/** The channels that only programs of the host had; on Windows they exist as long as one of those does. */
const channelsLeft = (pid: number) =>
  Array.from({ length: 10 }, (_, round) => `Local\\Kills ${pid}-${round}b`).filter(isThere);

function isThere(section: string): boolean {
  try {
    kernel.openSection(section, 'read').close();
    return true;
  } catch {
    return false;
  }
}

/** It starts too slowly there for `npm test`. */
const skip = kernel.platform === 'kernel32' && !process.env.SHMSCOPE_KILLS;

test(`a Shmscope that is killed ${KILLS} times leaves its captures whole and no program`, { skip }, async (t) => {
  let records = 0;
  for (let number = 0; number < KILLS; number++) {
    const folder = join(directory, `data-${number}`);
    const pid = await killedHost(folder, number);
    await until(
      () => leftBehind().length === 0,
      () => `the end of the programs ${leftBehind()} of kill ${number}`,
    );
    await until(
      () => channelsLeft(pid).length === 0,
      () => `the end of the channels ${channelsLeft(pid)} of kill ${number}`,
    );
    const captures = join(folder, 'captures');
    const files = existsSync(captures) ? readdirSync(captures).filter((name) => isBegun(join(captures, name))) : [];
    for (const name of files) records += checkCapture(join(captures, name));
    rmSync(folder, { recursive: true, force: true });
  }
  t.diagnostic(`${KILLS} kills, ${records} records in captures that are whole`);
  assert.ok(records > 0);
});
