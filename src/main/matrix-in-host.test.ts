/** The matrix as a window starts it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type OpenedServices, openServices } from './services.ts';

vi.setConfig({ testTimeout: 60_000 });

const built = process.env.SHMSCOPE_TEST_WORKERS ?? '';
const worker = (name: string) => path.join(built, `${name}.js`);
const directory = mkdtempSync(path.join(tmpdir(), 'shmscope-matrix-'));
let opened: OpenedServices;

beforeAll(async () => {
  process.env.SHMSCOPE_RUNTIME_DIR = path.join(directory, 'run');
  const workers = {
    ...{ session: worker('session'), capture: worker('capture'), job: worker('job'), replay: worker('replay') },
    ...{ discovery: worker('discovery'), types: worker('types') },
  };
  opened = await openServices({ dataDir: directory, host: 'headless', workers });
});
afterAll(async () => {
  await opened.close();
  rmSync(directory, { recursive: true, force: true });
});

const text = `sessions: {a: server, b: client}
steps:
  - send: {session: b, text: hi}
  - expect: {session: a, text: hi}
  - wait: 60000
`;

test('one runs at a time, tells how far it is, and a stop ends all that it has started', async () => {
  const { services } = opened;
  const { matrixVersion } = await services.state();
  const started = await services.startMatrix({ file: '/nowhere/m.yaml', text, vars: {} });
  expect([started.state, started.cells.length]).toEqual(['running', 27]);
  await expect(services.startMatrix({ vars: {} })).rejects.toMatchObject({ code: 'busy' });
  const running = async () => (await services.matrix())?.cells.filter(({ state }) => state === 'running').length;
  await expect.poll(running).toBeGreaterThan(0);
  expect((await services.state()).matrixVersion).not.toBe(matrixVersion);
  await services.cancelMatrix();
  const matrix = await services.matrix();
  expect([matrix?.state, new Set(matrix?.cells.map(({ state }) => state))]).toEqual([
    'cancelled',
    new Set(['cancelled']),
  ]);
  const { peers, sessions } = await services.state();
  expect([peers, sessions.filter(({ state }) => state !== 'closed')]).toEqual([[], []]);
  expect(await services.matrixReport(0)).toMatchObject({ state: 'cancelled' });
});

test('a scenario with a mistake is refused with its place, and the matrix before stays', async () => {
  const wrong = opened.services.startMatrix({ file: '/nowhere/m.yaml', text: 'steps: 3', vars: {} });
  await expect(wrong).rejects.toMatchObject({
    code: 'scenario-invalid',
    message: expect.stringContaining('m.yaml:1:8'),
  });
  expect((await opened.services.matrix())?.state).toBe('cancelled');
});
