import { isPipeClosed } from './exit-status.ts';

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
