/** `shmscope captures`, `query` and `export` as built. */
import { existsSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { FORM } from '../../../shared/types/compiled/compiled.ts';
import { writeSessionTypes } from '../../capture/store/session-types.ts';
import { batchOf, sessionOf } from '../../capture/testing.ts';
import { captureOf, captureOfSessions } from '../../jobs/testing.ts';
import { commandLine, parsed } from '../testing.ts';

vi.setConfig({ testTimeout: 30_000 });

const { close, file, run } = commandLine('captures');
afterAll(close);

const text = (words: string, direction: 'in' | 'out' = 'in') => ({ bytes: Buffer.from(words), direction });
let two = '';
let one = '';
beforeAll(() => {
  const first = batchOf(1, 0, [text('alpha'), text('beta', 'out'), { bytes: Buffer.of(0xff, 0, 1) }]);
  const second = batchOf(2, 0, [text('alpha again'), { kind: 'anomaly', code: 'overrun', detail: 'Too soon.' }]);
  two = captureOfSessions(file('data'), [sessionOf(1), { ...sessionOf(2), role: 'tap' }], [first, second]);
  one = captureOf(file('other'), [text('alpha'), text('line\n\u001b[31m'), text('beta')]);
});

test('captures of the data folder are listed, and one that cannot be read with the reason', async () => {
  const broken = path.join(path.dirname(two), 'capture-broken.sqlite');
  writeFileSync(broken, readFileSync(two));
  truncateSync(broken, 50);
  const { status, output, complaint } = await run('captures', '--data', file('data'), '--json');
  const listed = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect([status, listed.map(({ path: at, sessions }) => [at, sessions.length])]).toEqual([
    0,
    expect.arrayContaining([
      [two, 2],
      [broken, 0],
    ]),
  ]);
  expect(complaint).toContain('capture-broken.sqlite is truncated');
});

test('the sessions of one are listed with the numbers that --session takes', async () => {
  const { status, output } = await run('captures', path.basename(two), '--data', file('data'));
  const lines = output.split('\n').map((line) => line.split(/ {2,}/));
  expect([status, lines[1]?.slice(0, 3), lines[2]?.slice(0, 3)]).toEqual([
    0,
    ['1', 'server', 'Local\\Section1'],
    ['2', 'tap', 'Local\\Section2'],
  ]);
});

test('a query finds in all sessions, and says of each record which one it is of', async () => {
  const { status, output } = await run('query', two, '--filter', '"alpha"', '--json');
  const found = (parsed(output) as unknown as { session: number; seq: number; text: string }[]).map((line) => [
    ...[line.session, line.seq, line.text],
  ]);
  expect([status, found]).toEqual([0, [[1, 0, 'alpha'], [2, 0, 'alpha again']]]); // biome-ignore format: a table
});

test('a query counts, and ends after as many as are wanted', async () => {
  const counted = await run('query', two, '--filter', 'kind:message', '--count');
  const limited = await run('query', two, '--session', '1', '--limit', '2');
  expect([counted.output, limited.output.trim().split('\n').length]).toEqual(['4\n', 3]);
});

test('nothing in a line of a query can play tricks on a terminal', async () => {
  const { output } = await run('query', one, '--filter', '"line"');
  expect(output).toMatch(/ {2}line\\n\\u\{1b\}\[31m\n$/);
});

test('a filter with a mistake is an error that says where, and makes no file', async () => {
  const { status, complaint } = await run('query', one, '--filter', 'size:>>3', '--output', file('never.txt'));
  expect([status, existsSync(file('never.txt')), complaint]).toEqual([2, false, expect.stringContaining('size')]);
});

test('an export to stdout is what the window exports', async () => {
  const { status, output } = await run('export', one, '--format', 'jsonl', '--filter', '"beta"');
  const [head, record] = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect([status, head.format, head.records, record.text]).toEqual([0, 'shmscope', 1, 'beta']);
});

test('an export touches no file that is there unless it is told to', async () => {
  writeFileSync(file('kept.csv'), 'mine');
  const refused = await run('export', one, '--format', 'csv', '--output', file('kept.csv'));
  expect([refused.status, readFileSync(file('kept.csv'), 'utf8')]).toEqual([2, 'mine']);
  const forced = await run('export', one, '--format', 'csv', '--output', file('kept.csv'), '--force');
  expect([forced.status, readFileSync(file('kept.csv'), 'utf8').split('\r\n').length]).toEqual([0, 5]);
});

test('an export of several sessions names them instead of taking one', async () => {
  const { status, complaint } = await run('export', two, '--format', 'text');
  expect([status, complaint]).toEqual([2, expect.stringContaining('1 (server of Local\\Section1), 2 (tap of')]);
});

test.each([
  [['export', 'none.sqlite'], 2, 'There is no capture "none.sqlite"'],
  [['query', 'package.json'], 1, 'is not a capture'],
  [['export', 'package.json', '--session', 'x'], 2, '--session takes a whole number'],
])('%j ends with status %i and says why', async (args, status, sentence) => {
  const result = await run(...args);
  expect([result.status, result.output, result.complaint]).toEqual([status, '', expect.stringContaining(sentence)]);
});

test('filters and exports go by the types that a capture remembers, or by those that are given', async () => {
  const messages = [1, 2, 3].map((id) => ({ bytes: Buffer.from(Uint32Array.of(id, 70 + id).buffer) }));
  const typed = captureOf(file('typed'), messages);
  const id = { name: 'id', type: { kind: 'scalar', name: 'uint32_t' } } as const;
  const db = new DatabaseSync(typed);
  writeSessionTypes(db, 1, {
    ...{ form: FORM, proto: null, bindings: [{ type: 'order', abi: 'linux-x64', line: 1 }] },
    libraries: [{ abi: 'linux-x64', types: [['struct order', { kind: 'struct', members: [id] }]] }],
  });
  db.close();
  const found = await run('query', typed, '--filter', 'order.id:>=2', '--count');
  const exported = await run('export', typed, '--format', 'csv', '--fields', '--filter', 'order.id:3');
  expect([found.output, exported.output]).toEqual(['2\n', expect.stringMatching(/,"order\.id"\r\n.*,3\r\n$/)]);
  writeFileSync(file('pair.h'), 'struct pair { unsigned a, b; };');
  const given = ['--types', file('pair.h'), '--type', 'pair', '--abi', 'linux-x64'];
  const other = await run('export', typed, '--fields', ...given, '--filter', 'pair.b:72');
  expect(JSON.parse(other.output.trim().split('\n')[1] ?? '')).toMatchObject({ fields: { a: 2, b: 72 } });
});

test('a capture may be named by a link to it', async () => {
  symlinkSync(one, file('latest.sqlite'));
  for (const command of ['captures', 'query', 'export'])
    expect([command, (await run(command, file('latest.sqlite'))).status]).toEqual([command, 0]);
  const { output } = await run('decode', file('latest.sqlite'), '--type', 'json');
  expect(output).toContain('json, 5 bytes');
});

test('a damaged capture is named with what is wrong, and has no sessions to tell of', async () => {
  const damaged = file('damaged.sqlite');
  const bytes = readFileSync(one);
  writeFileSync(damaged, bytes.fill(0, 8192, 24_000));
  for (const command of ['captures', 'query', 'export']) {
    const { status, output, complaint } = await run(command, damaged);
    expect([command, status, output, complaint]).toEqual([
      ...[command, 1, ''],
      'shmscope: damaged.sqlite is damaged: SQLite says "database disk image is malformed".\n',
    ]);
  }
});

test('options of an export that its format has no use for are refused', async () => {
  for (const [option, saying] of [
    [['--format', 'hex', '--fields'], '--fields is for the formats jsonl, csv, excel, not for hex.'],
    [['--format', 'csv', '--separator', ';'], '--separator is for the format excel, not for csv.'],
  ] as const)
    expect(await run('export', one, ...option)).toMatchObject({ status: 2, complaint: `shmscope: ${saying}\n` });
});
