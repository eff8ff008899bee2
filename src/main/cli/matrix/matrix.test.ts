/** `shmscope matrix` as built, with native programs of both bitnesses. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { NO_32_BIT_HERE } from '../../peers/runs-32-bit.testing.ts';
import { commandLine } from '../testing.ts';

// More than a hundred processes and threads start.
vi.setConfig({ testTimeout: 120_000 });

const { close, file, killAll, run } = commandLine('matrix');
afterEach(killAll);
afterAll(close);

const scenario = (name: string, text: string): string => {
  writeFileSync(file(name), text);
  return file(name);
};

interface Cell {
  readonly server: number | string;
  readonly client: number | string;
  readonly layout: string;
  readonly state: string;
  readonly reason: string | null;
  readonly roundTripMicros: number | null;
  readonly serverTook: { readonly messages: number; readonly digest: string } | null;
}
const isPossibleHere = ({ server, client }: Cell) => ![server, client].includes(32) || !NO_32_BIT_HERE;
const cellsOf = (json: string): Cell[] => JSON.parse(readFileSync(json, 'utf8')).cells;

test('each end plays each other in each layout, with the same bytes, and the reports tell it', async () => {
  const [json, junit, html] = ['m.json', 'm.xml', 'm.html'].map(file) as [string, string, string];
  const { status, output } = await run('matrix', '--json', json, '--junit', junit, '--html', html);
  const cells = cellsOf(json);
  expect([status, cells.length]).toEqual([0, 27]);
  const here = cells.filter(isPossibleHere);
  expect(new Set(here.map(({ state }) => state))).toEqual(new Set(['passed']));
  expect(new Set(here.map(({ serverTook }) => serverTook?.digest)).size).toBe(1);
  expect(here.every(({ roundTripMicros }) => roundTripMicros !== null && roundTripMicros > 0)).toBe(true);
  const notRun = 27 - here.length;
  expect(output).toContain(`27 cells: ${here.length} passed with the same bytes, 0 failed, ${notRun} not run`);
  expect(readFileSync(junit, 'utf8')).toContain('Every end with every other (sized, server 64-bit, client Shmscope)');
  expect(readFileSync(html, 'utf8')).toMatch(/<th>server 64-bit<\/th>.*<td class="passed">✓ /);
});

test('cells that need 32-bit programs are not run, with the reason, where the system runs none', {
  skip: NO_32_BIT_HERE === false,
}, async () => {
  const json = file('no-32.json');
  await run('matrix', '--json', json);
  const others = cellsOf(json).filter((cell) => !isPossibleHere(cell));
  expect(others.map(({ state, reason }) => [state, reason])).toEqual(Array(15).fill(['not-run', NO_32_BIT_HERE]));
});

test('a cell that fails says where, and what only Shmscope can play is not run in the others', async () => {
  const json = file('some.json');
  const text = `sessions: {a: {role: server, overrun: refuse}, b: client}
timeout: 300
steps:
  - send: {session: b, text: "x"}
  - expect: {session: a, text: "y"}
`;
  const { status, output } = await run('matrix', '--scenario', scenario('some.yaml', text), '--json', json);
  const cells = cellsOf(json);
  const states = cells.filter(isPossibleHere).map(({ server, state }) => `${server === 'shmscope'} ${state}`);
  expect([status, new Set(states)]).toEqual([1, new Set(['true failed', 'false not-run'])]);
  expect(output).toContain('Only Shmscope can play a: it has overrun.');
  expect(output).toContain('a expects “y”: The text differs: expected “y”, got “x”.');
});

test('a variable that the scenario does not have ends with 2 before anything starts', async () => {
  const { status, complaint } = await run('matrix', '--var', 'count=2');
  expect([status, complaint]).toEqual([2, expect.stringContaining('No variable is called count.')]);
});

test.each([
  ['sessions: {a: server}\nsteps: [{send: hi}]', 'needs one session that is server and one that is client'],
  ['sessions: {a: server, b: client}\ndata: [{x: 1}, {x: 2}]\nsteps: [{wait: 1}]', 'a table with several rows'],
  ['sessions: {a: server, b: client}\nsteps: [{snd: hi}]', ':2:10: “snd” is not a known key'],
])('a scenario that can’t be varied ends with 2 before anything starts: %s', async (text, sentence) => {
  const report = file('never.json');
  const { status, output, complaint } = await run('matrix', '--scenario', scenario('bad.yaml', text), '--json', report);
  expect([status, output, complaint]).toEqual([2, '', expect.stringContaining(sentence)]);
  expect(existsSync(report)).toBe(false);
});
