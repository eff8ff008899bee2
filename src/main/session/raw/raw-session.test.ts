import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { MAX_WATCHED } from '../../../shared/raw.ts';
import type { OpenRaw, RawSnapshot } from '../../../shared/session.ts';
import type { Section } from '../../kernel/kernel.ts';
import { benchForAllTests, openDescriptors } from '../testing.ts';

const bench = benchForAllTests();
const failing = (code: string, saying: string) =>
  expect.objectContaining({ failure: expect.objectContaining({ code, message: expect.stringContaining(saying) }) });

let names = 0;
const rawOptions = (changes: Partial<OpenRaw> = {}): OpenRaw => ({
  ...{ kind: 'raw', role: 'raw', section: `Local\\raw${process.pid}-${names++}`, eventS2c: '', eventC2s: '' },
  snapshotMs: null,
  ...changes,
});
const fileOf = ({ section }: OpenRaw) => join(process.env.SHMSCOPE_RUNTIME_DIR ?? '', section.replace('Local\\', 'L.'));

const made: Section[] = [];
afterEach(() => {
  for (const section of made.splice(0)) section.close();
});

/** A section of another program, and the session that watches it. */
async function watched(size: number, changes: Partial<OpenRaw> = {}) {
  const options = rawOptions(changes);
  const { section } = bench().kernel.createSection(options.section, size);
  made.push(section);
  const { id } = await bench().registry.open(options);
  const session = bench().registry.get(id);
  return {
    ...{ id, section, session, options },
    bytes: (offset: number, length: number) => session.call<Uint8Array>({ type: 'rawBytes', offset, length }),
    snapshots: () =>
      bench()
        .sink.of(id)
        .filter(({ kind }) => kind === 'snapshot'),
    until: (wanted: (snapshot: RawSnapshot) => boolean) => bench().changed<RawSnapshot>(id, wanted),
  };
}

describe('a section that is watched as bytes', () => {
  test('is opened to be read and nothing else, and its bytes are as they are now', async () => {
    const { id, section, bytes } = await watched(8192);
    expect(bench().registry.snapshot(id)).toMatchObject({ extent: 8192, watched: 8192, rights: ['FILE_MAP_READ'] });
    section.write(4096, Uint8Array.of(1, 2, 3));
    expect([...(await bytes(4095, 5))]).toEqual([0, 1, 2, 3, 0]);
    expect([(await bytes(8190, 100)).length, (await bytes(9000, 10)).length]).toEqual([2, 0]);
  });

  test('that is larger than is watched at once is read at any offset, and watched from a chosen one', async () => {
    const size = MAX_WATCHED + 1024 * 1024;
    const { id, section, session, bytes, snapshots, until } = await watched(size);
    expect(bench().registry.snapshot(id)).toMatchObject({ extent: size, watched: MAX_WATCHED, watchedFrom: 0 });
    section.write(size - 2, Uint8Array.of(8, 9));
    expect([...(await bytes(size - 2, 10))]).toEqual([8, 9]);
    await session.call({ type: 'watchFrom', offset: MAX_WATCHED + 5 });
    await until(({ watchedFrom }) => watchedFrom === MAX_WATCHED);
    await new Promise((resolve) => setTimeout(resolve, 150));
    section.write(0, Uint8Array.of(1));
    section.write(size - 1, Uint8Array.of(1));
    const { changes, watched: part } = await until(({ changed }) => changed === 1);
    expect([part, changes.at(-1)]).toEqual([1024 * 1024, 1]);
    await session.call({ type: 'takeSnapshot' });
    await expect
      .poll(() => snapshots().map(({ detail }) => detail))
      .toEqual(['Snapshot 1: 1,048,576 of 68,157,440 bytes, from 0x4000000 on.']);
    await expect(session.call({ type: 'watchFrom', offset: size })).rejects.toEqual(
      failing('invalid-argument', 'none begins'),
    );
  });

  test('tells in which regions bytes have changed, and that they rest again', async () => {
    const { section, until } = await watched(64 * 1024);
    await until(({ regionBytes }) => regionBytes === 512);
    // All later looks are compared with its first one.
    await until(({ extent }) => extent > 0);
    await new Promise((resolve) => setTimeout(resolve, 150));
    section.write(512 * 3 + 5, Uint8Array.of(9, 9, 9));
    section.write(512 * 100, Uint8Array.of(7));
    const { changes, changed, changedAt } = await until((snapshot) => snapshot.changed === 4);
    expect([changes.length, changes[3], changes[100]]).toEqual([128, 3, 1]);
    expect(changes.reduce((sum, n) => sum + n)).toBe(changed);
    expect(changedAt).toBeGreaterThan(0);
    await until((snapshot) => snapshot.changes.every((count) => count === 0));
  });

  test('is recorded whole when asked for', async () => {
    const { section, session, snapshots } = await watched(8192);
    section.write(0, Uint8Array.of(1));
    const first = await session.call<number>({ type: 'takeSnapshot' });
    section.write(8191, Uint8Array.of(2));
    await session.call({ type: 'takeSnapshot' });
    await expect.poll(() => snapshots().length).toBe(2);
    expect(snapshots().map(({ seq, size, bytes, detail }) => [seq, size, bytes[0], bytes[8191], detail])).toEqual([
      [first, 8192, 1, 0, 'Snapshot 1: 8,192 bytes.'],
      [first + 1, 8192, 1, 2, 'Snapshot 2: 8,192 bytes.'],
    ]);
  });

  test('is recorded by itself where something has changed', async () => {
    const { section, session, snapshots, until } = await watched(4096, { snapshotMs: 100 });
    await expect.poll(() => snapshots().length).toBe(1);
    section.write(7, Uint8Array.of(1));
    await expect.poll(() => snapshots().length).toBe(2);
    await session.call({ type: 'setSnapshotInterval', ms: null });
    await until(({ snapshotMs }) => snapshotMs === null);
    section.write(8, Uint8Array.of(1));
    await until(({ changed }) => changed === 2);
    expect(snapshots()).toHaveLength(2);
  });

  test('does neither send nor receive, and has no messages to set alarms for', async () => {
    const { session } = await watched(4096);
    await expect(session.call({ type: 'cancelReceive' })).rejects.toEqual(failing('invalid-argument', "can't do this"));
    await expect(session.setAlarms(['silent 5s'])).rejects.toEqual(failing('invalid-argument', "can't do this"));
  });

  test('that all others have let go of is let go of, and the log says so', async () => {
    const { id, until } = await watched(4096);
    for (const section of made.splice(0)) section.close();
    await until(({ state }) => state === 'closed');
    await bench().sink.until(id, (records) => records.at(-1)?.kind === 'closed');
    expect(bench().sink.of(id).at(-1)?.detail).toMatch(/every program has closed the section/);
  });

  test.each([
    ['is removed', (file: string) => rmSync(file)],
    ['shrinks', (file: string) => truncateSync(file, 16)],
  ])('that %s ends with an error that says so, and nothing crashes', async (_, happen) => {
    const { id, options, until } = await watched(8192);
    happen(fileOf(options));
    const { failure } = await until(({ state }) => state === 'failed');
    expect(failure?.code).toBe('channel-lost');
    await bench().sink.until(id, (records) => records.at(-1)?.kind === 'error');
    await expect(bench().registry.open(rawOptions())).rejects.toEqual(failing('no-such-section', 'no section named'));
  });

  test('keeps nothing open, and does not keep the section alive', async () => {
    const before = openDescriptors();
    const { session } = await watched(4096);
    await session.close();
    for (const section of made.splice(0)) section.close();
    expect(openDescriptors()).toBe(before);
  });
});

describe("what can't be watched", () => {
  test('is refused where a folder has its name', async () => {
    const options = rawOptions();
    made.push(bench().kernel.createSection(options.section, 4096).section);
    rmSync(fileOf(options));
    mkdirSync(fileOf(options));
    await expect(bench().registry.open(options)).rejects.toMatchObject({ failure: { message: expect.any(String) } });
    rmSync(fileOf(options), { recursive: true });
  });

  test('is refused where the name is that of an event', async () => {
    const options = rawOptions();
    const { event } = bench().kernel.createEvent(options.section);
    await expect(bench().registry.open(options)).rejects.toEqual(failing('name-other-kind', 'object of another kind'));
    event.close();
  });

  test('is refused where it is empty', async () => {
    const options = rawOptions();
    writeFileSync(fileOf(options), '');
    await expect(bench().registry.open(options)).rejects.toMatchObject({ failure: { message: expect.any(String) } });
    rmSync(fileOf(options));
  });
});
