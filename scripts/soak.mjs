/**
 * `npm run test:soak [-- --minutes N]`: runs the tests of capture, jobs and sessions repeatedly for N minutes (10), on
 * one core, on two, and several runs at once, keeping the cores of crashes. Exit status 1 if a test failed or a process
 * crashed.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { keepCores } from './lib/cores.mjs';
import { buildNative, PRESETS } from './lib/native.mjs';
import { CACHE, main, say, UserError } from './lib/run.mjs';
import { ensureDependencies } from './lib/setup.mjs';
import { MODES, soakRound } from './lib/soak.mjs';

await main(async () => {
  const minutes = minutesOf();
  await ensureDependencies();
  await buildNative(PRESETS.slice(0, 2));
  const folder = join(CACHE, 'soak', new Date().toISOString().replace(/[:.]/g, '-'));
  const cores = keepCores(join(folder, 'cores'));
  say(`Running for ${minutes} minutes. Logs of failed rounds: ${folder}. Core dumps: ${cores.where}.`);
  try {
    return await soak(minutes, folder, cores);
  } finally {
    cores.restore();
  }
});

function minutesOf() {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new UserError(`--minutes takes a number above 0, not "${values.minutes}".`);
  return minutes;
}

/**
 * @param {number} minutes
 * @param {string} folder
 * @param {import('./lib/cores.mjs').Cores} cores
 */
async function soak(minutes, folder, cores) {
  const end = performance.now() + minutes * 60_000;
  const total = { rounds: 0, failed: 0, timeouts: 0, crashes: 0 };
  let stopped = false;
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      stopped = true;
    });
  while (!stopped && performance.now() < end) {
    const mode = MODES[total.rounds % MODES.length];
    if (!mode) break;
    const round = total.rounds + 1;
    const begun = performance.now();
    const { passed, failed, timeouts, crashes } = await soakRound(mode, join(folder, `round-${round}`));
    // An aborted round says nothing.
    if (stopped) break;
    total.rounds = round;
    total.failed += failed;
    total.timeouts += timeouts;
    total.crashes += crashes.length;
    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    const late = timeouts > 0 ? ` (${timeouts} only timeouts)` : '';
    say(
      `round ${round}, ${mode.name}, ${seconds} s: ${passed} passed, ${failed} failed${late}, ${crashes.length} crashed`,
    );
    for (const crash of crashes) say(`  ${crash.trim()}`);
  }
  for (const file of cores.found()) say(`core: ${file}`);
  say(
    `${total.rounds} rounds, ${total.failed} failures (${total.timeouts} of them only timeouts), ${total.crashes} crashes`,
  );
  return total.failed + total.crashes > 0 ? 1 : 0;
}
