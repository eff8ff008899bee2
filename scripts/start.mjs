/**
 * `npm start [-- ARGS]`: opens Shmscope in Electron, or in the system's browser if Electron can't run. ARGS go to the
 * app. `SHMSCOPE_ELECTRON=0` asks for the browser.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fetchElectron, hasDisplay } from './lib/electron.mjs';
import { main, PINNED_NODE, ROOT, say } from './lib/run.mjs';
import { ensureBuild, ensureDependencies } from './lib/setup.mjs';

const HEADLESS = join(ROOT, 'out', 'main', 'cli.js');

await main(async () => {
  const args = process.argv.slice(2);
  await ensureDependencies();
  await ensureBuild();
  const { electron, why } = await findElectron();
  if (electron) return runApp(electron, [...rootFlags(), ROOT, ...args]);
  say(why);
  const noBrowser = hasDisplay() || args.includes('--no-open') ? [] : ['--no-open'];
  return runApp(PINNED_NODE, [HEADLESS, 'serve', ...noBrowser, ...args]);
});

/** @returns {Promise<{electron: string, why?: undefined} | {electron?: undefined, why: string}>} */
async function findElectron() {
  if (process.env.SHMSCOPE_ELECTRON === '0')
    return { why: 'Using the browser because SHMSCOPE_ELECTRON=0 is set. Unset it to get the Electron window.' };
  if (!hasDisplay()) {
    return {
      why: 'No display (DISPLAY and WAYLAND_DISPLAY are empty), so no Electron window. Start this from a desktop session, or open the address below in a browser.',
    };
  }
  const electron = await fetchElectron();
  if (electron) return { electron };
  return {
    why: "Couldn't download Electron, so this runs in the browser. To get the window, set ELECTRON_MIRROR to a mirror you can reach and run `npx install-electron`.",
  };
}

/** Chromium's sandbox refuses to run as root on Linux. */
function rootFlags() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return [];
  say(
    "Running as root, so Electron gets --no-sandbox: its sandbox doesn't work as root. Use a normal account for a sandboxed window.",
  );
  return ['--no-sandbox'];
}

/**
 * Runs the app to its end. Ctrl+C in a terminal reaches it by itself; other signals are passed on.
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<number>}
 */
function runApp(program, args) {
  const child = spawn(program, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ELECTRON_RUN_AS_NODE: undefined },
  });
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => child.on('error', reject).on('exit', (status) => resolve(status ?? 1)));
}
