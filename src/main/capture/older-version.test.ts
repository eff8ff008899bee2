import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ROLES } from '../../shared/domain.ts';
import { Reader } from './read/reader.ts';
import { SCHEMA_VERSION } from './store/migrations/migrations.ts';
import { versionOf } from './store/schema.ts';
import { temporaryFolder, workerPath } from './testing.ts';
import { migrate } from './write/migrate.ts';

/** Captures written by each older version: the same log of a server and of a client, as far as it could store it. */
const VERSIONS = [1, 2, 3, 4, 5, 6, 7, 8] as const;

let folder: ReturnType<typeof temporaryFolder>;
let file: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'older.sqlite');
});

afterEach(() => folder.remove());

async function content() {
  const reader = new Reader(workerPath, () => {});
  try {
    const { sessions } = await reader.openClosed(file);
    const about = [];
    for (const { session } of sessions) {
      const span = { session, fromMono: 0, toMono: 2_000_000 };
      const rows = async (filter: string) => {
        for (;;) {
          const { rows: found, progress } = await reader.rows({ session, filter, from: 0, count: 100 });
          if (progress.complete) return found;
        }
      };
      const folded = await reader.rows({ session, filter: '', from: 0, count: 100, fold: { unfolded: [] } });
      about.push({
        rows: await rows(''),
        received: (await rows('dir:in')).map(({ seq }) => seq),
        toClient: (await rows('lane:s2c')).map(({ seq }) => seq),
        folded: folded.rows.map(({ seq, count }) => [seq, count]),
        payload: Buffer.from(reader.payload({ session, seq: 2, offset: 0, length: 99 })).toString(),
        timeline: await reader.timeline({ ...span, buckets: 10 }),
        figures: await reader.figures(span),
        marks: reader.marks({ session }),
      });
    }
    return { sessions, about };
  } finally {
    await reader.close();
  }
}

test.each(VERSIONS)(
  'a capture of version %i is read as it is, and the same after it was brought to this one',
  async (version) => {
    copyFileSync(join(import.meta.dirname, `store/fixtures/v${version}.sqlite`), file);
    const before = await content();
    const db = new DatabaseSync(file);
    expect(versionOf(db)).toBe(version);
    migrate(db);
    expect(versionOf(db)).toBe(SCHEMA_VERSION);
    db.close();
    const { sessions, about } = await content();
    expect(about).toEqual(before.about);
    // One of version 1 counts nothing by itself.
    if (version > 1) expect(sessions).toEqual(before.sessions);
  },
);

/** As retention left it, which version 2 was the first to have. */
function removeFirst(db: DatabaseSync, records: number): void {
  db.exec(`
    DELETE FROM record WHERE seq < ${records};
    DELETE FROM mark WHERE seq < ${records};
    INSERT INTO removal (session, records, at) SELECT id, ${records}, 1 FROM session;
  `);
}

test.each(VERSIONS.slice(1))(
  'a capture of version %i without its oldest records keeps the others as they are',
  async (version) => {
    copyFileSync(join(import.meta.dirname, `store/fixtures/v${version}.sqlite`), file);
    const db = new DatabaseSync(file);
    removeFirst(db, 2);
    const before = await content();
    migrate(db);
    db.close();
    expect(await content()).toEqual(before);
    const [removal, first] = before.about[0]?.rows ?? [];
    expect([removal, first]).toMatchObject([
      { seq: 1, kind: 'notice', detail: expect.stringContaining('2') },
      { seq: 2 },
    ]);
    // What was removed is mentioned under every filter.
    for (const { received } of before.about) expect(received).toEqual([1, 2, 4, 5, 6, 7, 9, 11]);
  },
);

test.each(VERSIONS)('what a capture of version %i says is what was written to it', async (version) => {
  copyFileSync(join(import.meta.dirname, `store/fixtures/v${version}.sqlite`), file);
  const { sessions, about } = await content();
  const counts = { messages: { s2c: 2, c2s: 2 }, timeouts: 2, exits: 1, errors: 1, alarms: 0, missed: 0 };
  const sizes = { server: { s2c: 305, c2s: 15 }, client: { s2c: 15, c2s: 305 } };
  const anomalies = version >= 4 ? 5 : 3;
  expect(sessions.map((session) => [session.role, session.records, session.counts])).toEqual(
    ROLES.map((role) => [role, 13, version >= 2 ? { ...counts, bytes: sizes[role], anomalies } : null]),
  );
  const [server, client] = about;
  const unread = version >= 2 ? [150, 5] : [null, null];
  for (const log of [server, client]) {
    expect(log?.rows.map(({ kind, direction }) => (direction ? `${kind} ${direction}` : kind))).toEqual([
      ...['opened', 'message out', 'message in', 'message out', 'timeout in', 'timeout in', 'anomaly in'],
      ...['anomaly in', 'anomaly out', 'message in', 'error', 'exit in', 'closed'],
    ]);
    expect(log?.rows.slice(1, 3).map(({ unreadMicros }) => unreadMicros)).toEqual(unread);
    expect(log?.rows[8]).toMatchObject({ code: 'overrun', detail: 'half \ud800', count: 1 });
    expect(log?.received).toEqual([2, 4, 5, 6, 7, 9, 11]);
    expect(log?.folded).toEqual(
      [0, 1, 2, 3, 4, 6, 8, 9, 10, 11, 12].map((seq) => [seq, seq === 4 ? 2 : seq === 6 ? anomalies - 1 : 1]),
    );
    expect(log?.payload).toBe('hello to you');
  }
  expect([server?.toClient, client?.toClient]).toEqual([
    [1, 3, 8],
    [2, 4, 5, 6, 7, 9, 11],
  ]);
  const bytes = (log: typeof server, lane: 's2c' | 'c2s') => log?.timeline[lane].bytes.reduce((a, b) => a + b);
  expect([bytes(server, 's2c'), bytes(server, 'c2s'), bytes(client, 's2c'), bytes(client, 'c2s')]).toEqual([
    ...[305, 15],
    ...[15, 305],
  ]);
  expect([server?.figures.unread.s2c.max, client?.figures.unread.c2s.max]).toEqual(version >= 2 ? [150, 150] : [0, 0]);
  expect(server?.marks).toEqual(
    version >= 2 ? [{ seq: 2, mono: expect.any(Number), mark: 'here', note: 'a note' }] : [],
  );
});
