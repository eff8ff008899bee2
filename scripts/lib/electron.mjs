/** Electron's binary: whether it is here, and downloading it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PINNED_NODE, packageBin, ROOT, readText, runQuietly, say } from './run.mjs';

const FETCH_LIMIT_MS = 5 * 60_000;

/** Electron's program, or undefined if it was never downloaded. */
export function electronPath() {
  const folder = join(ROOT, 'node_modules', 'electron');
  const name = readText(join(folder, 'path.txt')) ?? 'electron';
  const file = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), name);
  return existsSync(file) ? file : undefined;
}

/** Electron's program, downloaded now if necessary; undefined if that fails. */
export async function fetchElectron() {
  const present = electronPath();
  if (present) return present;
  say('Fetching Electron (once, about 110 MB)…');
  const signal = AbortSignal.timeout(FETCH_LIMIT_MS);
  await runQuietly(PINNED_NODE, [packageBin('electron', 'install-electron')], { check: false, signal });
  return electronPath();
}

/** Whether a window can be shown. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
