/** The scenarios that come with Shmscope, with the native peers of both bitnesses, as `shmscope run` runs them. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { reportText } from '../../shared/scenario/files/report-text.ts';
import { titleOf } from '../../shared/scenario/report.ts';
import { builtWorker } from '../built-worker.testing.ts';
import { openKernel, openProcessControl } from '../kernel/open.ts';
import { PeerRegistry } from '../peers/registry.ts';
import { NO_32_BIT_HERE } from '../peers/runs-32-bit.testing.ts';
import { SessionRegistry } from '../session/registry.ts';
import { TypesCompiler } from '../types/compiler.ts';
import { ChannelClaims } from './channel-names.ts';
import { loadScenario } from './load.ts';
import { RecordLog } from './record-log.ts';
import { runScenario } from './run.ts';

const folder = fileURLToPath(new URL('../../../resources/scenarios', import.meta.url));
const runtime = mkdtempSync(path.join(tmpdir(), 'shmscope-examples-'));
process.env.SHMSCOPE_RUNTIME_DIR = path.join(runtime, 'run');

const nothing = () => {};
const kernel = await openKernel();
const sessions = new SessionRegistry({
  ...{ kernel, sink: new RecordLog(false), onChange: nothing },
  workerPath: builtWorker('session'),
});
const peers = new PeerRegistry({
  ...{ control: await openProcessControl(), roots: [path.resolve(folder, '../..')], onChange: nothing, onEnd: nothing },
});
const host = { sessions, peers, platform: kernel.platform, claims: new ChannelClaims() };
const compiler = new TypesCompiler(builtWorker('types'), 60_000);
after(async () => {
  await peers.close();
  await sessions.close();
  await compiler.close();
  rmSync(runtime, { recursive: true, force: true });
});

for (const name of readdirSync(folder).filter((file) => file.endsWith('.yaml'))) {
  const { scenarios, problems } = await loadScenario({ file: path.join(folder, name), given: new Map(), compiler });
  assert.deepEqual(problems, []);
  for (const scenario of scenarios)
    test(`${name}: ${titleOf(scenario)}`, async (t) => {
      const report = await runScenario(scenario, host, { signal: AbortSignal.timeout(60_000) });
      if (NO_32_BIT_HERE && reportText(report).includes(NO_32_BIT_HERE)) return t.skip(NO_32_BIT_HERE);
      assert.equal(report.state, 'passed', reportText(report));
    });
}
