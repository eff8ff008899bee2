import { finished } from 'node:stream/promises';
import { isPipeClosed, PipeClosed } from './exit-status.ts';
import { type OutputTarget, STDOUT } from './output-target.ts';

/** Prints; returns whether somebody reads it. */
export function written(text: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (!error) resolve(true);
      else if (isPipeClosed(error)) resolve(false);
      else reject(STDOUT.failure(error));
    });
  });
}

/**
 * Writes everything to a file, or to stdout. Throws `Error` with the reason, and {@link PipeClosed} when nobody reads
 * it.
 */
export async function writeWhole(target: OutputTarget, text: string): Promise<void> {
  if (target.isStdout) {
    if (await written(text)) return;
    throw new PipeClosed('Nobody reads the output any more.');
  }
  const out = await target.open(new AbortController().signal);
  out.end(text);
  await finished(out, { readable: false }).catch((error: Error) => {
    throw target.failure(error);
  });
}
