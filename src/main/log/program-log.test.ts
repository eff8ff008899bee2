import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setEnvironmentData, Worker } from 'node:worker_threads';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { failureToError, ShmscopeError, toFailure } from '../../shared/failure.ts';
import { toLogText, withoutContent } from './log-text.ts';
import { logError, logInfo, MAX_FILE, openProgramLog } from './program-log.ts';
import { logInternalFailures } from './watch.ts';

let folder: string;
let file: string;
let minutes = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shmscope-log-'));
  file = openProgramLog(folder);
  // Each test in a minute of its own.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ++minutes * 60_000 });
});
afterEach(() => {
  vi.useRealTimers();
  setEnvironmentData('shmscope.program-log', undefined);
  rmSync(folder, { recursive: true });
});
const log = () => readFileSync(file, 'utf8');

test('an entry has its time, process and level; only this user can read the file', () => {
  logInfo('Started.');
  expect(log()).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z \[\d+(\/\d+)?\] info Started\.\n$/);
  expect(file).toBe(join(folder, 'logs', 'shmscope.log'));
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('an error is logged with its stack and causes, under an id of its own', () => {
  const error = new Error('outside', { cause: new TypeError('inside') });
  const ids = [logError('While testing', error), logError('While testing', error)];
  expect(new Set(ids).size).toBe(2);
  expect(log()).toContain(`error ${ids[0]} While testing: Error: outside\n      at `);
  expect(log()).toContain('\n    caused by TypeError: inside\n      at ');
  expect(log()).toContain('program-log.test.ts');
});

test('an unexpected error becomes a failure with the id under which its stack is', () => {
  logInternalFailures();
  const failure = toFailure(new RangeError('beyond'));
  expect(failure).toMatchObject({ code: 'internal', id: expect.stringMatching(/^[\da-f]{8}$/) });
  expect(log()).toContain(`${failure.id} Unexpected: RangeError: beyond\n      at `);
  // Across threads, and on its way up, it stays that one.
  expect(toFailure(failureToError(structuredClone(failure)))).toEqual(failure);
  expect(toFailure(new ShmscopeError('internal', 'A sentence.'))).toMatchObject({
    message: 'A sentence.',
    id: expect.any(String),
  });
});

test('an expected failure is not logged', () => {
  logInternalFailures();
  expect(toFailure(new ShmscopeError('slot-full', 'It is full.'))).toEqual({
    code: 'slot-full',
    message: 'It is full.',
  });
  expect(existsSync(file)).toBe(false);
});

function thrownBy(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Nothing was thrown.');
}

test.each([
  ['JSON', () => JSON.parse('hello SECRET')],
  ['JSON that is long', () => JSON.parse(`{"a": "SECRET ${'x'.repeat(200)}`)],
  ['JSON over lines', () => JSON.parse('[1,\n"SECRET"\n"SECRET"]')],
  ['a number', () => BigInt('SECRET')],
  ['an address', () => new URL('SECRET')],
  ['a value of a wrong type', () => v.parse(v.number(), 'SECRET')],
])('nothing of what the program was working on comes into the log: %s', (_what, act) => {
  logError('Reading', thrownBy(act));
  expect(log()).not.toContain('SECRET');
  expect(log()).toContain('\n      at ');
});

test('what tells where it happened stays', () => {
  expect(withoutContent("Cannot read properties of undefined (reading 'length')")).toContain("'length'");
  expect(withoutContent("ENOENT: no such file, open '/data/My files/x.json'")).toContain('/data/My files/x.json');
  expect(withoutContent('it said "secret words" and \'a\nb\'')).toBe('it said "…" and \'…\'');
});

test.each([[undefined], [null], ['SECRET'], [{ stack: 'SECRET' }]])(
  'whatever is thrown (%j) can be logged',
  (thrown) => {
    expect(toLogText(thrown)).toMatch(/^something of type \w+ was thrown$/);
  },
);

test('no text can pass for an entry of its own, nor do anything to a terminal', () => {
  logError('Reading', new Error('one\n2026-01-01T00:00:00Z [1] info forged\r\u001b[31m'));
  const lines = log().trimEnd().split('\n');
  expect(lines.slice(1).every((line) => line.startsWith('    '))).toBe(true);
  for (const control of ['\r', '\u001b']) expect(log()).not.toContain(control);
});

test('the log has three files of a mebibyte at most, and the newest entries', () => {
  logInfo('first');
  for (let n = 0; n < 5; n++) {
    writeFileSync(file, `file ${n}\n`.padEnd(MAX_FILE));
    logInfo(`after ${n}`);
  }
  const names = readdirSync(join(folder, 'logs')).sort();
  expect(names).toEqual(['shmscope.1.log', 'shmscope.2.log', 'shmscope.log']);
  expect(log()).toContain('after 4');
  expect(readFileSync(file.replace('.log', '.1.log'), 'utf8')).toMatch(/^file 4/);
  for (const name of names) expect(statSync(join(folder, 'logs', name)).size).toBeLessThanOrEqual(MAX_FILE);
});

test('what fails in a loop does not fill the log; how much was left out is reported', () => {
  for (let n = 0; n < 500; n++) logError('Looping', new Error('again'));
  expect(log().match(/Looping/g)).toHaveLength(120);
  vi.setSystemTime(Date.now() + 60_000);
  logInfo('A minute later.');
  expect(log()).toContain('380 more entries in the previous minute were dropped.');
  expect(log()).toContain('A minute later.');
});

test("a log that can't be written is no trouble", () => {
  writeFileSync(join(folder, 'logs'), 'a file');
  expect(logError('Reading', new Error('x'))).toMatch(/^[\da-f]{8}$/);
});

test('a thread that is started later logs into the same file', async () => {
  const code = `
    import { logError } from ${JSON.stringify(new URL('./program-log.ts', import.meta.url).href)};
    logError('In a thread', new Error('there'));
  `;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
  await new Promise((resolve, reject) => worker.once('exit', resolve).once('error', reject));
  expect(log()).toMatch(/ \[\d+\/\d+\] error [\da-f]{8} In a thread: Error: there/);
});
