/** Running other programs, and the few facts about this checkout that every script needs. */
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** What can be created again at any time; ignored by git. */
export const CACHE = join(ROOT, '.cache');
export const WINDOWS = process.platform === 'win32';

/** An error whose message is all that the user needs to see. */
export class UserError extends Error {}

/** @param {string} line */
export const say = (line) => process.stdout.write(`${line}\n`);

/**
 * Runs a program to its end. Its output goes to `onOutput`, or to this process's own output.
 * Rejects when the program can't be started or ends with another status than 0.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, onOutput?: (text: string) => void, check?: boolean, signal?:
 * AbortSignal}} [options]
 * @returns {Promise<{status: number, output: string}>} both streams in `output`, in order, when `onOutput` is given
 */
export function run(command, args, { cwd = ROOT, env = process.env, onOutput, check = true, signal } = {}) {
  const shell = WINDOWS && /^(npm|npx)$/.test(command);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, shell, signal, stdio: ['ignore', ...streams(onOutput)] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text;
        onOutput?.(text);
      });
    }
    child.on('error', (error) => {
      if (!child.pid) reject(new UserError(`${command} could not be started: ${error.message}`));
    });
    child.on('close', (code, killedBy) => {
      const status = code ?? 1;
      if (!check || status === 0) return resolve({ status, output });
      const how = killedBy ? `was ended by ${killedBy}` : `ended with status ${status}`;
      reject(
        new UserError(`\`${command} ${args.join(' ')}\` ${how}\n${output.trimEnd().split('\n').slice(-30).join('\n')}`),
      );
    });
  });
}

/**
 * @param {unknown} onOutput
 * @returns {['pipe', 'pipe'] | ['inherit', 'inherit']}
 */
function streams(onOutput) {
  return onOutput ? ['pipe', 'pipe'] : ['inherit', 'inherit'];
}

/**
 * Runs a program quietly; what it printed is shown only when it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, check?: boolean, signal?: AbortSignal}} [options]
 */
export function runQuietly(command, args, options = {}) {
  return run(command, args, { ...options, onOutput: () => {} });
}

/**
 * The file that a command's name stands for on the PATH, or undefined.
 * @param {string} name
 */
export function which(name) {
  const suffixes = WINDOWS ? ['.exe', '.cmd'] : [''];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const suffix of suffixes) {
      const file = join(folder, name + suffix);
      if (isExecutable(file)) return file;
    }
  }
  return undefined;
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The pinned Node.js, which npm's script of the package `node` puts there; every part of the project runs on it. */
export const PINNED_NODE = join(ROOT, 'node_modules', 'node', 'bin', WINDOWS ? 'node.exe' : 'node');

/**
 * The script of a package's command, to be run by `PINNED_NODE`; the same on every system, unlike `node_modules/.bin`.
 * @param {string} packageName
 * @param {string} [command]
 */
export function packageBin(packageName, command = packageName) {
  const file = join(ROOT, 'node_modules', packageName, 'package.json');
  const { bin } = JSON.parse(readFileSync(file, 'utf8'));
  return join(dirname(file), typeof bin === 'string' ? bin : bin[command]);
}

/**
 * Does `work` unless it was last done for the same `key`, by the note left in `file`.
 * @param {string} file
 * @param {string} key
 * @param {() => Promise<void> | void} work
 * @returns {Promise<boolean>} whether there was something to do
 */
export async function onceFor(file, key, work) {
  if (readText(file) === key) return false;
  await work();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, key);
  return true;
}

/** @param {string} file */
export function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * Runs a script's main function: a `UserError` is printed as a sentence, anything else with its stack.
 * @param {() => Promise<number | void>} work gives the exit status
 */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    process.stderr.write(
      `${error instanceof UserError ? error.message : error instanceof Error ? error.stack : error}\n`,
    );
    process.exitCode = 1;
  }
}
