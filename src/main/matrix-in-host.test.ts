/** The matrix as a window starts it. */
import { expect, test, vi } from 'vitest';
import type { MatrixCell } from '../shared/matrix/matrix.ts';
import { hostForAllTests } from './host.testing.ts';
import { OTHER_BITS } from './peers/runs-32-bit.testing.ts';

vi.setConfig({ testTimeout: 60_000 });

const host = hostForAllTests();

const isPossibleHere = ({ server, client }: MatrixCell) => ![server, client].includes(32) || OTHER_BITS === 32;

const text = `sessions: {a: server, b: client}
steps:
  - send: {session: b, text: hi}
  - expect: {session: a, text: hi}
  - wait: 60000
`;

test('one runs at a time, tells how far it is, and a stop ends all that it has started', async () => {
  const { services } = host();
  const { matrixVersion } = await services.state();
  const started = await services.startMatrix({ file: '/nowhere/m.yaml', text, vars: {} });
  expect([started.state, started.cells.length]).toEqual(['running', 27]);
  await expect(services.startMatrix({ vars: {} })).rejects.toMatchObject({ code: 'busy' });
  const running = async () => (await services.matrix())?.cells.filter(({ state }) => state === 'running').length;
  await expect.poll(running).toBeGreaterThan(0);
  expect((await services.state()).matrixVersion).not.toBe(matrixVersion);
  await services.cancelMatrix();
  const matrix = await services.matrix();
  expect([matrix?.state, matrix?.cells.map(({ state }) => state)]).toEqual([
    'cancelled',
    matrix?.cells.map((cell) => (isPossibleHere(cell) ? 'cancelled' : 'not-run')),
  ]);
  const { peers, sessions } = await services.state();
  expect([peers, sessions.filter(({ state }) => state !== 'closed')]).toEqual([[], []]);
  const possible = matrix?.cells.findIndex(isPossibleHere) ?? -1;
  expect(await services.matrixReport(possible)).toMatchObject({ state: 'cancelled' });
});

test('a scenario with a mistake is refused with its place, and the matrix before stays', async () => {
  const wrong = host().services.startMatrix({ file: '/nowhere/m.yaml', text: 'steps: 3', vars: {} });
  await expect(wrong).rejects.toMatchObject({
    code: 'scenario-invalid',
    message: expect.stringContaining('m.yaml:1:8'),
  });
  expect((await host().services.matrix())?.state).toBe('cancelled');
});
