import { finished } from 'node:stream/promises';
import { isPipeClosed } from './exit-status.ts';
import type { OutputTarget } from './output-target.ts';

/** Prints; answers whether somebody reads it. */
export function written(text: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (!error) resolve(true);
      else if (isPipeClosed(error)) resolve(false);
      else reject(error);
    });
  });
}

/** All of a file, or of stdout. */
export async function writeWhole(target: OutputTarget, text: string): Promise<void> {
  if (target.isStdout) {
    await written(text);
    return;
  }
  const out = await target.open(new AbortController().signal);
  out.end(text);
  await finished(out, { readable: false });
}
