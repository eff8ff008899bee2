/**
 * `node scripts/native.mjs [PRESET…]` builds the C peers of this system; `--package` also copies the Windows ones to
 * `resources/peers/`, from where electron-builder takes them.
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildNative, PRESETS, peerPath } from './lib/native.mjs';
import { main, ROOT, say } from './lib/run.mjs';

await main(async () => {
  const args = process.argv.slice(2);
  const presets = args.filter((arg) => !arg.startsWith('-'));
  await buildNative(presets.length ? presets : PRESETS);
  if (args.includes('--package')) copyForPackage();
});

function copyForPackage() {
  for (const preset of PRESETS.filter((name) => !name.startsWith('gcc'))) {
    const folder = join(ROOT, 'resources', 'peers', `win-${preset.split('-')[1]}`);
    mkdirSync(folder, { recursive: true });
    copyFileSync(peerPath(preset), join(folder, 'shm-peer.exe'));
    say(`packaged ${join(folder, 'shm-peer.exe')}`);
  }
}
