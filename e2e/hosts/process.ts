import type { ChildProcess } from 'node:child_process';
import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

/** Resolves to the exit status, null if a signal ended it; at once if that was before. */
export function exited(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', (status) => resolve(status)));
}

export async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await exited(child);
}

/** Collects what a child prints to its pipes. */
export function gathered(child: ChildProcess): () => string {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return () => output;
}

/** Waits for a JSON file that `child` writes when it is ready. Rejects with its output if it ends first. */
export async function readyFile<T>(file: string, child: ChildProcess, output: () => string): Promise<T> {
  const ended = new AbortController();
  child.once('exit', () => ended.abort());
  const watcher = watch(dirname(file));
  try {
    return await new Promise<T>((resolve, reject) => {
      const look = async () => {
        const text = await readFile(file, 'utf8').catch(() => '');
        // While it is being written it may be incomplete.
        if (text.endsWith('}')) resolve(JSON.parse(text));
      };
      watcher.on('change', (_event, name) => name === basename(file) && void look());
      ended.signal.addEventListener('abort', () =>
        reject(new Error(`The host ended before it was ready:\n${output()}`)),
      );
      void look();
    });
  } finally {
    watcher.close();
  }
}
