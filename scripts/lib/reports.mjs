/** How many tests passed, failed and were skipped, and which failed, according to each runner's report. */
import { readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { ROOT } from './run.mjs';

/** @typedef {{passed: number, failed: number, skipped: number, failures?: string[]}} Counts */

/**
 * @param {Counts[]} all
 * @returns {Counts}
 */
export function sum(all) {
  const total = { passed: 0, failed: 0, skipped: 0, failures: all.flatMap(({ failures }) => failures ?? []) };
  for (const counts of all) {
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  return total;
}

/**
 * What a runner with a report did. A runner that failed without a failed test, left no report, or ran nothing, is a
 * failure itself.
 * @param {number} status the runner's exit status
 * @param {() => Counts} read
 * @returns {Counts}
 */
export function counted(status, read) {
  const counts = attempt(read) ?? { passed: 0, failed: 0, skipped: 0 };
  const ranNothing = counts.passed + counts.failed + counts.skipped === 0;
  return (status !== 0 && counts.failed === 0) || ranNothing ? { ...counts, failed: counts.failed + 1 } : counts;
}

/**
 * @template T
 * @param {() => T} work
 */
function attempt(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** @typedef {{name: string, assertionResults: {status: string, fullName: string}[]}} VitestFile */
/**
 * @typedef {{ok: boolean, file: string, line: number, title: string}} PlaywrightSpec
 * @typedef {{suites?: PlaywrightSuite[], specs: PlaywrightSpec[]}} PlaywrightSuite
 */

/**
 * Vitest's `--reporter=json`.
 * @param {string} file
 * @returns {Counts}
 */
export function vitestCounts(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const skipped = report.numPendingTests + report.numTodoTests;
  const failures = report.testResults.flatMap((/** @type {VitestFile} */ { name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => `${relative(ROOT, name)} › ${fullName}`),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped, failures };
}

/**
 * Playwright's `--reporter=json`. A test that passed only when tried again counts as passed; the list names it as
 * flaky.
 * @param {string} file
 * @returns {Counts}
 */
export function playwrightCounts(file) {
  const { stats, errors, suites } = JSON.parse(readFileSync(file, 'utf8'));
  const failed = stats.unexpected + errors.length;
  return {
    passed: stats.expected + stats.flaky,
    failed,
    skipped: stats.skipped,
    failures: suites.flatMap(failedSpecs),
  };
}

/**
 * @param {PlaywrightSuite} suite
 * @returns {string[]}
 */
function failedSpecs({ suites = [], specs }) {
  const own = specs.filter(({ ok }) => !ok).map(({ file, line, title }) => `${file}:${line} › ${title}`);
  return [...own, ...suites.flatMap(failedSpecs)];
}

/**
 * The totals at the end of node:test's `tap` report.
 * @param {string} file
 * @returns {Counts}
 */
export function tapCounts(file) {
  const text = readFileSync(file, 'utf8');
  const total = (/** @type {string} */ name) => Number(text.match(new RegExp(`^# ${name} (\\d+)$`, 'm'))?.[1]);
  const counts = {
    passed: total('pass'),
    failed: total('fail') + total('cancelled'),
    skipped: total('skipped') + total('todo'),
    failures: Array.from(
      text.matchAll(/^ *not ok \d+ - ((?!.* # TODO).*)$/gm),
      ([, name = '']) => `${basename(file, '.tap')} › ${name}`,
    ),
  };
  if (Number.isNaN(sum([counts]).passed + counts.failed + counts.skipped))
    throw new Error(`${file} is not a whole report`);
  return counts;
}

/**
 * ctest's `--output-junit`.
 * @param {string} file
 * @returns {Counts}
 */
export function junitCounts(file) {
  const text = readFileSync(file, 'utf8');
  const head = text.match(/<testsuite [^>]*>/)?.[0] ?? '';
  const number = (/** @type {string} */ name) =>
    Number(head.match(new RegExp(`\\b${name}="(\\d+)"`))?.[1] ?? Number.NaN);
  const [tests, failed, skipped] = [number('tests'), number('failures'), number('skipped') + number('disabled')];
  if (Number.isNaN(tests + failed + skipped)) throw new Error(`${file} is not a whole report`);
  const failures = Array.from(text.matchAll(/<testcase name="([^"]*)"[^>]* status="fail"/g), ([, name = '']) => name);
  return { passed: tests - failed - skipped, failed, skipped, failures };
}
