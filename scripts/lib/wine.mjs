/**
 * A Windows beside the tests: Wine with a prefix of its own, its 32-bit DLLs, a Windows Node.js, and koffi for it. All
 * of it lives in `.cache/wine` and is created once.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withLock } from './lock.mjs';
import { runs32Bit } from './packages.mjs';
import { CACHE, onceFor, ROOT, runQuietly, say, UserError, which } from './run.mjs';
import { fetchWindowsNode, installForWindows, WINDOWS_NODE_EXE } from './windows-node.mjs';
import { fetchWine32 } from './wine32.mjs';

const HOME = join(CACHE, 'wine');
const PREFIX = join(HOME, 'prefix');
const APP = join(HOME, 'app');
const HOOK = join(APP, 'koffi-hook.mjs');

/** Gets everything below ready; a fraction of a second if it already is. Needs `npm ci` done and Wine installed. */
export function prepareWine() {
  return withLock(join(CACHE, 'wine.lock'), async () => {
    if (!which('wine')) throw new UserError('Wine is missing. On Debian or Ubuntu: apt-get install wine wine64');
    const wine = (await runQuietly('wine', ['--version'], { env: wineEnv() })).output.trim();
    await fetchWine32(join(HOME, 'i386'));
    await onceFor(join(HOME, 'prefix.stamp'), wine, makePrefix);
    await fetchWindowsNode();
    await onceFor(join(HOME, 'app.stamp'), `koffi ${koffiVersion()}`, installKoffi);
  });
}

/**
 * The environment in which `wine` finds its prefix and its 32-bit DLLs.
 * @param {Record<string, string | undefined>} [extra] what the Windows program shall see besides
 * @returns {NodeJS.ProcessEnv}
 */
export function wineEnv(extra = {}) {
  return {
    ...process.env,
    WINEPREFIX: PREFIX,
    WINEDLLPATH: join(HOME, 'i386', 'wine'),
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'winemenubuilder.exe,mscoree,mshtml=',
    DISPLAY: '',
    NODE_OPTIONS: undefined,
    ...extra,
  };
}

/**
 * Starts a Windows program, 32-bit or 64-bit. It is one process here too: killing the child ends it.
 * @param {string} exe a path of this system
 * @param {string[]} [args] as the program gets them: paths through `windowsPath`
 * @param {import('node:child_process').SpawnOptions} [options] `env` is added to `wineEnv()`
 */
export function spawnWindows(exe, args = [], options = {}) {
  keepServer();
  return spawn('wine', [resolve(exe), ...args], { ...options, env: wineEnv(options.env) });
}

/**
 * Starts the Windows Node.js. `import 'koffi'` works in it for any file, workers included, and `.ts` files run as they
 * are.
 * @param {string[]} args for node; paths of this system work when relative to `cwd`, others go through `windowsPath`
 * @param {{stdout: string, stderr?: string, cwd?: string, env?: Record<string, string | undefined>}} options
 *   files (overwritten) for the output, since Node.js under Wine can't write to a pipe; `stderr` shares `stdout` unless
 *   given
 */
export function windowsNode(args, { stdout, stderr = stdout, cwd = ROOT, env }) {
  const out = openSync(stdout, 'w');
  const err = stderr === stdout ? out : openSync(stderr, 'w');
  const nodeArgs = ['--disable-warning=ExperimentalWarning', '--import', windowsUrl(HOOK), ...args];
  try {
    return spawnWindows(WINDOWS_NODE_EXE, nodeArgs, { cwd, env, stdio: ['ignore', out, err] });
  } finally {
    for (const fd of new Set([out, err])) closeSync(fd);
  }
}

/**
 * How a Windows program under Wine names a file of this system: `/a/b` is `Z:\a\b`.
 * @param {string} path
 */
export const windowsPath = (path) => `Z:${resolve(path).replaceAll('/', '\\')}`;

/** @param {string} path */
const windowsUrl = (path) => pathToFileURL(path).href.replace('file:///', 'file:///Z:/');

/**
 * Wine's server and services start with the first program and would end 3 seconds after the last one. A program that
 * starts while they end would fail, and the first one's pipes would stay open as long as the services live. So they are
 * started separately, and stay for a minute.
 */
function keepServer() {
  const started = spawnSync('wineserver', ['-p60'], { env: wineEnv(), stdio: 'ignore' }).status === 0;
  if (started) spawnSync('wine', ['cmd', '/c', 'exit'], { env: wineEnv(), stdio: 'ignore' });
}

/** @param {string[]} args */
async function wine(...args) {
  const [status] = await once(spawn('wine', args, { env: wineEnv(), stdio: 'ignore' }), 'exit');
  if (status !== 0)
    throw new UserError(`\`wine ${args.join(' ')}\` ended with status ${status}. Delete .cache/wine and try again.`);
}

/**
 * Whether the prefix has its 32-bit part. Wine makes it by starting a 32-bit program.
 * @public The end-to-end tests load it at run time.
 */
export const hasWow64 = () => existsSync(join(PREFIX, 'drive_c', 'windows', 'syswow64', 'kernel32.dll'));

/** Ends every Windows program of this prefix, and Wine's own server. */
export function stopWine() {
  return runQuietly('wineserver', ['-k'], { env: wineEnv(), check: false });
}

async function makePrefix() {
  say('wine: creating a prefix (once, about 25 s)');
  rmSync(PREFIX, { recursive: true, force: true });
  mkdirSync(PREFIX, { recursive: true });
  spawnSync('wineserver', ['-p60'], { env: wineEnv(), stdio: 'ignore' });
  await wine('wineboot', '-i');
  await wine('winecfg', '-v', 'win10');
  if (hasWow64()) return;
  if (runs32Bit()) {
    throw new UserError('This Wine has no 32-bit DLLs, so 32-bit Windows programs would not start in it.');
  }
  say('wine: this system runs no 32-bit programs, so the tests with 32-bit Windows peers are left out');
}

async function installKoffi() {
  await installForWindows(APP, [`@koromix/koffi-win32-x64@${koffiVersion()}`]);
  cpSync(join(ROOT, 'node_modules', 'koffi'), join(APP, 'node_modules', 'koffi'), { recursive: true });
  writeFileSync(HOOK, KOFFI_HOOK);
}

/**
 * koffi looks for its binary beside its own folder, where npm put only this system's: so koffi comes from the hook's
 * folder instead.
 */
const KOFFI_HOOK = `import { registerHooks } from 'node:module';
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier, specifier === 'koffi' ? { ...context, parentURL: import.meta.url } : context),
});
`;

function koffiVersion() {
  return JSON.parse(readFileSync(join(ROOT, 'node_modules', 'koffi', 'package.json'), 'utf8')).version;
}
