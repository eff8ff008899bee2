/** Where the cores of crashed processes go, on Linux. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ROOT, which } from './run.mjs';

const PATTERN = '/proc/sys/kernel/core_pattern';

/**
 * @typedef {object} Cores
 * @property {string} where for the user: where cores go
 * @property {() => string[]} found the files that have come so far
 * @property {() => void} restore
 */

/**
 * Sees to it that cores are kept: as root in `folder`, else wherever the system puts them.
 * @param {string} folder
 * @returns {Cores}
 */
export function keepCores(folder) {
  if (process.platform !== 'linux') return { where: 'wherever this system puts them', found: () => [], restore() {} };
  const before = readFileSync(PATTERN, 'utf8').trimEnd();
  if (before.startsWith('/')) return coresBy(before);
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(PATTERN, join(folder, 'core.%e.%p'));
  } catch {
    if (before.startsWith('|')) return { where: `to the program ${before.slice(1)}`, found: () => [], restore() {} };
    return coresBy(join(ROOT, before));
  }
  return { ...coresBy(join(folder, 'core.%e.%p')), restore: () => writeFileSync(PATTERN, before) };
}

/**
 * @param {string} pattern a path
 * @returns {Cores}
 */
function coresBy(pattern) {
  const folder = dirname(pattern);
  const prefix = basename(pattern).replace(/%.*/, '');
  const all = () => names(folder).filter((name) => name.startsWith(prefix));
  const old = new Set(all());
  const found = () =>
    all()
      .filter((name) => !old.has(name))
      .map((name) => join(folder, name));
  return { where: pattern, found, restore() {} };
}

/** @param {string} folder */
function names(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/**
 * A command that leaves a core when it crashes, on some of the processors or on all.
 * @param {string[]} command
 * @param {string} [processors] as taskset takes them
 * @returns {string[]}
 */
export function withCores(command, processors) {
  if (process.platform === 'win32') return command;
  const pinned = processors && which('taskset') ? ['taskset', '-c', processors, ...command] : command;
  return ['sh', '-c', 'ulimit -c unlimited 2>/dev/null; exec "$@"', 'sh', ...pinned];
}
