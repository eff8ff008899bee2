/** The C peers: `native/build/<preset>/shm-peer[.exe]`. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { CACHE, onceFor, ROOT, runQuietly, say, WINDOWS } from './run.mjs';
import { digest } from './setup.mjs';

export const NATIVE = join(ROOT, 'native');
/** Everything that this system can build. */
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
 * @public The benchmarks load it at run time.
 */
export function peerPath(preset) {
  return preset.startsWith('gcc') ? join(NATIVE, 'build', preset, 'shm-peer') : windowsProgram(preset, 'shm-peer');
}

/** The presets of Windows programs that this system can build, by bitness. */
export const WINDOWS_PRESETS = WINDOWS ? { x64: 'msvc-x64', x86: 'msvc-x86' } : { x64: 'mingw-x64', x86: 'mingw-x86' };

/**
 * A Windows program of native/.
 * @param {string} preset
 * @param {string} name without its ending
 */
export function windowsProgram(preset, name) {
  return join(NATIVE, 'build', preset, `${name}.exe`);
}

/**
 * Copies the Windows peers to `folder`/win-x64 and `folder`/win-x86. They have to be built.
 * @param {string} folder
 */
export function copyWindowsPeers(folder) {
  for (const [bitness, preset] of Object.entries(WINDOWS_PRESETS)) {
    mkdirSync(join(folder, `win-${bitness}`), { recursive: true });
    copyFileSync(peerPath(preset), join(folder, `win-${bitness}`, 'shm-peer.exe'));
  }
}

/** @param {string} preset */
async function build(preset) {
  say(`native: building ${preset}`);
  await runQuietly('cmake', ['--preset', preset], { cwd: NATIVE });
  await runQuietly('cmake', ['--build', '--preset', preset], { cwd: NATIVE });
}
