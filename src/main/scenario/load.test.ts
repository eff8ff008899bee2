import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { builtWorker } from '../built-worker.testing.ts';
import { TypesCompiler } from '../types/compiler.ts';
import { loadScenario } from './load.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'shmscope-scenario-'));
const compiler = new TypesCompiler(builtWorker('types'));
afterAll(async () => {
  await compiler.close();
  rmSync(folder, { recursive: true });
});

async function load(steps: string, more = '') {
  const file = path.join(folder, 's.yaml');
  writeFileSync(file, `sessions: {us: server}\n${more}\nsteps:\n${steps}\n`);
  const { scenarios, problems } = await loadScenario({ file, given: new Map(), compiler });
  return { steps: scenarios[0]?.steps, told: problems.map(({ line, message }) => `${line} ${message}`) };
}

test('files that are sent are read, wherever the step lies', async () => {
  writeFileSync(path.join(folder, 'a.bin'), Uint8Array.of(0, 255));
  const { steps, told } = await load('- repeat: {times: 2, steps: [{send: {file: a.bin}}]}');
  expect([told, steps]).toMatchObject([
    [],
    [{ steps: [{ payload: { kind: 'bytes', bytes: Uint8Array.of(0, 255) } }] }],
  ]);
  expect((await load('- send: {file: none.bin}')).told).toEqual(["4 none.bin can't be read: there is no such file."]);
  expect((await load(`- send: {file: ${folder}}`)).told).toEqual([`4 ${folder} can't be read: it is a folder.`]);
});

test('types are those of the files, and one that they do not declare is told', async () => {
  writeFileSync(path.join(folder, 'order.h'), '#include <stdint.h>\nstruct order { uint16_t id; uint16_t side; };\n');
  const types = 'types: [order.h]';
  expect((await load('- expect: {type: order, where: id == 3}', types)).told).toEqual([]);
  expect((await load('- expect: {type: bill}', types)).told).toEqual(['4 The type “bill” is not declared.']);
  expect((await load('- expect: {type: order}', 'types: [none.h]')).told[0]).toContain('none.h');
});

test('a file that is not there, or is a folder, is told', async () => {
  const problem = async (file: string) =>
    (await loadScenario({ file, given: new Map(), compiler })).problems[0]?.message;
  expect(await problem(path.join(folder, 'none.yaml'))).toBe("It can't be read: there is no such file.");
  expect(await problem(folder)).toBe("It can't be read: it is a folder.");
});
