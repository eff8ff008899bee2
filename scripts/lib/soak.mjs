/** One round of the soak: the tests of capture, jobs and sessions, once or several times at once. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withCores } from './cores.mjs';
import { PINNED_NODE, packageBin, run } from './run.mjs';

const FILES = ['src/main/capture', 'src/main/jobs', 'src/main/session'];
/** A run that takes longer hangs. */
const LIMIT_MS = 30 * 60_000;
/** ms for each test: on one core and beside other runs, slowness isn't a failure. */
const PATIENCE_MS = 180_000;

/** How the tests are run, in turns. */
export const MODES = [
  { name: 'one core', processors: '0', runs: 1 },
  { name: 'two cores', processors: '0,1', runs: 1 },
  { name: 'three runs at once', processors: undefined, runs: 3 },
];

/**
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed tests, crashes apart
 * @property {number} timeouts those of them that did nothing but take too long
 * @property {string[]} crashes what was said of them
 */

/**
 * @param {typeof MODES[number]} mode
 * @param {string} log where what the runs print is kept when something fails: `log`-1.log, `log`-2.log …
 * @returns {Promise<Outcome>}
 */
export async function soakRound({ processors, runs }, log) {
  const each = await Promise.all(
    Array.from({ length: runs }, (_, i) =>
      runTests(withCores(testCommand(`${log}-${i + 1}.json`), processors), `${log}-${i + 1}`),
    ),
  );
  const total = (/** @type {'passed' | 'failed' | 'timeouts'} */ key) => each.reduce((sum, one) => sum + one[key], 0);
  const crashes = each.flatMap((one) => one.crashes);
  return { passed: total('passed'), failed: total('failed'), timeouts: total('timeouts'), crashes };
}

/** @param {string} report */
function testCommand(report) {
  const limits = [`--testTimeout=${PATIENCE_MS}`, `--hookTimeout=${PATIENCE_MS}`];
  const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return [PINNED_NODE, packageBin('vitest'), 'run', ...limits, ...reports, ...FILES];
}

/**
 * @param {string[]} command
 * @param {string} log
 * @returns {Promise<Outcome>}
 */
async function runTests([program = '', ...args], log) {
  mkdirSync(join(log, '..'), { recursive: true });
  const env = { ...process.env, NO_COLOR: '1' };
  const signal = AbortSignal.timeout(LIMIT_MS);
  const { status, output } = await run(program, args, { check: false, env, onOutput: () => {}, signal });
  const outcome = outcomeOf(status, output, `${log}.json`);
  rmSync(`${log}.json`, { force: true });
  if (outcome.failed > 0 || outcome.crashes.length > 0) writeFileSync(`${log}.log`, output);
  return outcome;
}

/**
 * @param {number} status
 * @param {string} output
 * @param {string} report
 * @returns {Outcome}
 */
function outcomeOf(status, output, report) {
  const crashes = [...new Set(output.match(/^.*(?:exited unexpectedly|SIG(?:SEGV|TRAP|ABRT|BUS|ILL)).*$/gm))];
  const failures = failuresIn(report);
  if (!failures) return { passed: 0, failed: crashes.length > 0 ? 0 : 1, timeouts: 0, crashes };
  const timeouts = failures.messages.filter((message) => /timed out in \d+ ?ms/i.test(message)).length;
  const unnamed = status !== 0 && failures.messages.length === 0 && crashes.length === 0 ? 1 : 0;
  return { passed: failures.passed, failed: failures.messages.length + unnamed, timeouts, crashes };
}

/**
 * @param {string} report Vitest's `--reporter=json`
 * @returns {{passed: number, messages: string[]} | undefined} undefined when the run did not come to its end
 */
function failuresIn(report) {
  try {
    const { numPassedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    const tests = testResults.flatMap((/** @type {any} */ file) => file.assertionResults);
    const failed = tests.filter((/** @type {any} */ test) => test.status === 'failed');
    return {
      passed: numPassedTests,
      messages: failed.map((/** @type {any} */ test) => test.failureMessages.join('\n')),
    };
  } catch {
    return undefined;
  }
}
