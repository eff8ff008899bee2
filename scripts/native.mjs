/**
 * `node scripts/native.mjs [PRESET…]` builds the C programs of native/: all that this system can build, or those named.
 */
import { buildNative, PRESETS } from './lib/native.mjs';
import { main } from './lib/run.mjs';

await main(async () => {
  const presets = process.argv.slice(2);
  await buildNative(presets.length ? presets : PRESETS);
});
