/** One function per kind of test run: streams what the runner prints, returns what its report counts. */
import { once } from 'node:events';
import { createReadStream, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { counted, junitCounts, playwrightCounts, sum, tapCounts, vitestCounts } from './reports.mjs';
import { CACHE, PINNED_NODE, packageBin, ROOT, run, runQuietly, say } from './run.mjs';
import { buildTestWorkers } from './test-workers.mjs';
import { windowsNode, windowsPath } from './wine.mjs';

/** @typedef {import('./reports.mjs').Counts} Counts */

const REPORTS = join(CACHE, 'reports');
/** No run takes longer than this; one that does is ended and counts as failed. */
const LIMIT_MS = 20 * 60_000;

/**
 * Work that either succeeds or throws: counts as one.
 * @param {Promise<void>} work
 * @returns {Promise<Counts>}
 */
export async function done(work) {
  await work;
  return { passed: 1, failed: 0, skipped: 0 };
}

/**
 * A check without single tests: counts as one.
 * @param {string} packageName whose command runs on the pinned Node
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<Counts>}
 */
export async function check(packageName, command, args) {
  const { status } = await runNode([packageBin(packageName, command), ...args]);
  return status === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** @returns {Promise<Counts>} */
export async function vitest() {
  const report = freshReport('vitest.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = await runNode([packageBin('vitest'), ...args]);
  return counted(status, () => vitestCounts(report));
}

/**
 * @param {string} project
 * @returns {Promise<Counts>}
 */
export async function playwright(project) {
  const report = freshReport(`playwright-${project}.json`);
  const args = [
    'test',
    `--project=${project}`,
    '--reporter=list,json',
    `--output=${join(ROOT, 'test-results', project)}`,
  ];
  const { status } = await runNode([packageBin('@playwright/test', 'playwright'), ...args], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  return counted(status, () => playwrightCounts(report));
}

/**
 * How many tests a project has, without running them.
 * @param {string} project
 */
export async function listed(project) {
  const args = [
    packageBin('@playwright/test', 'playwright'),
    'test',
    '--list',
    '--reporter=list',
    `--project=${project}`,
  ];
  const { output } = await runQuietly(PINNED_NODE, args, { check: false });
  return Number(output.match(/^Total: (\d+) tests?/m)?.[1] ?? 0);
}

/**
 * @param {string} folder with a CMake build
 * @returns {Promise<Counts>}
 */
export async function ctest(folder) {
  const report = freshReport(`ctest-${basename(folder)}.xml`);
  const args = ['--test-dir', folder, '--output-on-failure', '--no-tests=error', '--output-junit', report];
  const { status } = await run('ctest', args, { check: false, signal: AbortSignal.timeout(LIMIT_MS) });
  return counted(status, () => junitCounts(report));
}

/**
 * The files under `src` with this ending, by node:test, on this system. One process for each: a file without tests, or
 * one that crashes, is then seen as such.
 * @param {string} ending
 */
export async function nodeTest(ending) {
  await buildTestWorkers();
  return eachSource(ending, async (file, report) => {
    const { status } = await runNode([...tapReporter(report), file]);
    return status;
  });
}

/**
 * The same files by the Windows Node.js under Wine.
 * @param {string} ending
 */
export async function nodeTestOnWine(ending) {
  const env = { SHMSCOPE_TEST_WORKERS: windowsPath(await buildTestWorkers()) };
  return eachSource(ending, async (file, report) => {
    const stdout = report.replace(/\.tap$/, '.log');
    const child = windowsNode([...tapReporter(windowsPath(report)), windowsPath(file)], { stdout, env });
    const ended = once(child, 'exit', { signal: AbortSignal.timeout(LIMIT_MS) }).catch(
      () => child.kill('SIGKILL') && [1],
    );
    await follow(stdout, ended);
    const [status] = await ended;
    return status ?? 1;
  });
}

/**
 * @param {string} ending
 * @param {(file: string, report: string) => Promise<number>} runFile writes the TAP report, gives the exit status
 * @returns {Promise<Counts>}
 */
async function eachSource(ending, runFile) {
  const all = [];
  for (const file of sources(ending)) {
    say(`▶ ${relative(ROOT, file)}`);
    const report = freshReport(`${basename(file)}.tap`);
    const status = await runFile(file, report);
    all.push(counted(status, () => tapCounts(report)));
  }
  return counted(0, () => sum(all));
}

/**
 * Prints a file while it grows, until `ended`.
 * @param {string} file
 * @param {Promise<unknown>} ended
 */
async function follow(file, ended) {
  let printed = 0;
  let over = false;
  const end = ended.then(() => {
    over = true;
  });
  while (true) {
    const last = over;
    const { size } = statSync(file);
    if (size > printed)
      for await (const part of createReadStream(file, { start: printed, end: size - 1 })) process.stdout.write(part);
    printed = size;
    if (last) return;
    await Promise.race([end, sleep(300)]);
  }
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
function runNode(args, env = {}) {
  const signal = AbortSignal.timeout(LIMIT_MS);
  return run(PINNED_NODE, ['--disable-warning=ExperimentalWarning', ...args], {
    env: { ...process.env, ...env },
    check: false,
    signal,
  });
}

/** @param {string} file */
function tapReporter(file) {
  const reporter = (/** @type {string} */ name, /** @type {string} */ to) => [
    `--test-reporter=${name}`,
    `--test-reporter-destination=${to}`,
  ];
  return [...reporter('spec', 'stdout'), ...reporter('tap', file)];
}

/**
 * A report file that no earlier run has left.
 * @param {string} name
 */
function freshReport(name) {
  mkdirSync(REPORTS, { recursive: true });
  rmSync(join(REPORTS, name), { force: true });
  return join(REPORTS, name);
}

/** @param {string} ending */
function sources(ending) {
  const found = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith(ending),
  );
  return found.sort().map((name) => join(ROOT, 'src', name));
}
