/**
 * `npm run bench [-- NAME… [--option N…]]`: builds what is needed, runs the benchmarks of this folder (or those named)
 * one after another and prints one table. Options go to every program: `--seconds 5`.
 */
import { availableParallelism, loadavg } from 'node:os';
import { BENCHMARKS, runBenchmark } from '../scripts/lib/benchmarks.mjs';
import { buildNative } from '../scripts/lib/native.mjs';
import { ensureSystemPackages, RIPGREP, runs32Bit } from '../scripts/lib/packages.mjs';
import { main, say, UserError, WINDOWS } from '../scripts/lib/run.mjs';
import { ensureBuild, ensureDependencies } from '../scripts/lib/setup.mjs';
import { prepareWine } from '../scripts/lib/wine.mjs';

/** @typedef {import('./lib/report.ts').Finding} Finding */
/** Those that also run under Wine. */
const ON_WINE = ['discovery', 'endpoint', 'tap-idle', 'tap-interference', 'tap-seen', 'timer'];

await main(async () => {
  const { names, options } = read(process.argv.slice(2));
  await ensureDependencies();
  await ensureBuild();
  await buildNative();
  if (names.some((name) => ON_WINE.includes(name))) await prepareWine();
  if (names.includes('search')) await ensureSystemPackages([RIPGREP]);
  if (!WINDOWS && !runs32Bit()) say('This system runs no 32-bit programs: what they would show is not measured.');
  const [load = 0] = loadavg();
  const findings = [];
  for (const name of names) {
    say(`bench: ${name}`);
    findings.push(...(await run(name, options)));
  }
  say(table(findings));
  say(
    `\nLoad average at the start: ${load.toFixed(1)} on ${availableParallelism()} cores. Above 0.5, other programs influenced these figures.`,
  );
  return findings.every(({ met }) => met) ? 0 : 1;
});

/** @param {string[]} args */
function read(args) {
  const at = args.findIndex((arg) => arg.startsWith('--'));
  const named = at < 0 ? args : args.slice(0, at);
  const unknown = named.find((name) => !BENCHMARKS.includes(name));
  if (unknown) throw new UserError(`There is no benchmark ${unknown}. The benchmarks are: ${BENCHMARKS.join(', ')}.`);
  return { names: named.length > 0 ? named : BENCHMARKS, options: at < 0 ? [] : args.slice(at) };
}

/**
 * What a program found; one without findings counts by its exit status.
 * @param {string} name
 * @param {string[]} options
 * @returns {Promise<readonly Finding[]>}
 */
async function run(name, options) {
  const { status, findings } = await runBenchmark(name, options);
  if (status === 0 && findings.length > 0) return findings;
  const measured = status === 0 ? 'printed above' : `ended with status ${status}, see above`;
  return [...findings, { name, measured, result: '', target: '', met: status === 0 }];
}

/** @param {Finding[]} findings */
function table(findings) {
  const rows = findings.map(({ name, measured, result, target, met }) => [
    name,
    measured,
    result,
    target,
    met ? 'met' : 'NOT MET',
  ]);
  const all = [['name', 'measured', 'result', 'target', ''], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}
