/**
 * `npm test [-- NAME…] [--exhaustive]`: sets everything up, runs the steps whose name contains one of NAME (and the
 * builds; all steps without NAME), with every window test on every host if `--exhaustive`, and ends with a table, the
 * names of the failed tests and the line `N passed, M failed, K skipped`. Exit status 1 if anything failed.
 */
import { sum } from './lib/reports.mjs';
import { main, say, UserError } from './lib/run.mjs';
import { prepareForTests } from './lib/setup-tests.mjs';
import { STEPS } from './lib/steps.mjs';

/**
 * @typedef {import('./lib/reports.mjs').Counts} Counts
 * @typedef {{name: string, counts: Counts, seconds: number, note?: string}} Outcome
 */

const EXHAUSTIVE = '--exhaustive';
const NONE = { passed: 0, failed: 0, skipped: 0 };
const ONE_FAILED = { ...NONE, failed: 1 };

await main(async () => {
  const args = process.argv.slice(2);
  const names = args.filter((arg) => arg !== EXHAUSTIVE);
  if (names.length < args.length) process.env.SHMSCOPE_EXHAUSTIVE = '1';
  const steps = chosen(names);
  const outcomes = [await step('set-up', setUp)];
  if (outcomes[0]?.counts.failed === 0) for (const item of steps) outcomes.push(await runStep(item));
  report(outcomes);
  return sum(outcomes.map((outcome) => outcome.counts)).failed > 0 ? 1 : 0;
});

/** @param {string[]} names */
function chosen(names) {
  const matches = (/** @type {import('./lib/steps.mjs').Step} */ item) =>
    names.some((name) => item.name.includes(name));
  if (names.length === 0) return STEPS;
  if (STEPS.some(matches)) return STEPS.filter((item) => item.always || matches(item));
  throw new UserError(`No step has that name. The steps are: ${STEPS.map((item) => item.name).join(', ')}.`);
}

async function setUp() {
  await prepareForTests();
  return NONE;
}

/** @param {import('./lib/steps.mjs').Step} item */
async function runStep({ name, run, obstacle, size }) {
  const note = obstacle?.();
  if (note === undefined) return step(name, run);
  return { name, counts: { ...NONE, skipped: (await size?.()) ?? 0 }, seconds: 0, note: `not run: ${note}` };
}

/**
 * @param {string} name
 * @param {() => Promise<Counts>} work
 * @returns {Promise<Outcome>}
 */
async function step(name, work) {
  say(`\n── ${name} ${'─'.repeat(Math.max(0, 76 - name.length))}`);
  const start = performance.now();
  const counts = await work().catch((error) => {
    say(error instanceof UserError ? error.message : String(error?.stack ?? error));
    return ONE_FAILED;
  });
  return { name, counts, seconds: (performance.now() - start) / 1000 };
}

/** @param {Outcome[]} outcomes */
function report(outcomes) {
  const total = sum(outcomes.map((outcome) => outcome.counts));
  const seconds = outcomes.reduce((all, outcome) => all + outcome.seconds, 0);
  say(`\n${row('step', ['passed', 'failed', 'skipped', 'seconds'])}`);
  for (const outcome of [...outcomes, { name: 'all', counts: total, seconds }]) say(outcomeRow(outcome));
  for (const { name, counts } of outcomes) for (const test of counts.failures ?? []) say(`FAILED ${name}: ${test}`);
  say(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
}

/** @param {Outcome} outcome */
function outcomeRow({ name, counts: { passed, failed, skipped }, seconds, note }) {
  return row(name, note ? ['', '', skipped, '', note] : [passed, failed, skipped, seconds.toFixed(1)]);
}

/**
 * @param {string} name
 * @param {(string | number)[]} cells
 */
function row(name, [passed = '', failed = '', skipped = '', seconds = '', note = '']) {
  const numbers = [passed, failed, skipped, seconds].map((cell) => String(cell).padStart(9)).join('');
  return `${name.padEnd(24)}${numbers}  ${note}`.trimEnd();
}
