import type { Command } from 'commander';
import { defaultDataDir } from '../data-dir.ts';
import { EXIT } from './exit-status.ts';
import { askForUrls } from './url-requests.ts';

/** `shmscope url`: a fresh address of a `serve` that runs. */
export function addUrlCommand(program: Command, finish: (status: number) => void): void {
  program
    .command('url')
    .description('print a fresh address of a running serve, which lets one more browser in')
    .option('--data <dir>', 'folder for the captures that serve was started with', defaultDataDir())
    .action(async ({ data }: { readonly data: string }) => finish(await printUrls(data)));
}

async function printUrls(dataDir: string): Promise<number> {
  const found = await askForUrls(dataDir);
  if (found.length === 0) {
    process.stderr.write(
      `shmscope: no “shmscope serve” runs on ${dataDir}. Start one, or give the folder of the one that runs with --data.\n`,
    );
    return EXIT.error;
  }
  for (const { pid, url } of found) process.stdout.write(found.length === 1 ? `${url}\n` : `${url}  (pid ${pid})\n`);
  return EXIT.done;
}
