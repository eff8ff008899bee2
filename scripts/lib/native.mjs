/** The C peers: `native/build/<preset>/shm-peer[.exe]`. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { CACHE, onceFor, ROOT, runQuietly, say, WINDOWS } from './run.mjs';
import { digest } from './setup.mjs';

export const NATIVE = join(ROOT, 'native');
/** The presets that have tests of their own, for `ctest`. */
export const TESTED_PRESETS = WINDOWS ? [] : ['gcc-x64', 'gcc-x86'];
/** All that this system can build. */
export const PRESETS = WINDOWS ? ['msvc-x64', 'msvc-x86'] : ['gcc-x64', 'gcc-x86', 'mingw-x64', 'mingw-x86'];

/**
 * Builds peers that are not up to date.
 * @param {string[]} [presets]
 */
export function buildNative(presets = PRESETS) {
  return withLock(join(CACHE, 'native.lock'), async () => {
    const sources = readdirSync(NATIVE).filter((name) => name !== 'build');
    const key = digest(sources.map((name) => join('native', name)));
    for (const preset of presets) {
      const stamp = join(CACHE, `native-${preset}.stamp`);
      if (!existsSync(peerPath(preset))) rmSync(stamp, { force: true });
      await onceFor(stamp, key, () => build(preset));
    }
  });
}

/**
 * The peer program of a preset.
 * @param {string} preset
 */
export function peerPath(preset) {
  return join(NATIVE, 'build', preset, preset.startsWith('gcc') ? 'shm-peer' : 'shm-peer.exe');
}

/** @param {string} preset */
async function build(preset) {
  say(`native: building ${preset}`);
  await runQuietly('cmake', ['--preset', preset], { cwd: NATIVE });
  await runQuietly('cmake', ['--build', '--preset', preset], { cwd: NATIVE });
}
