import type { Command } from 'commander';
import { defaultDataDir } from '../data-dir.ts';
import { EXIT } from './exit-status.ts';
import { askForUrls } from './url-requests.ts';
import { written } from './written.ts';

/** `shmscope url`: a fresh address of a running `serve`. */
export function addUrlCommand(program: Command, finish: (status: number) => void): void {
  program
    .command('url')
    .description('print another one-time address of a running "shmscope serve"')
    .option('--data <dir>', 'data folder that "serve" was started with', defaultDataDir())
    .action(async ({ data }: { readonly data: string }) => finish(await printUrls(data)));
}

async function printUrls(dataDir: string): Promise<number> {
  const found = await askForUrls(dataDir);
  if (found.length === 0) {
    process.stderr.write(
      `shmscope: no "shmscope serve" is running with the data folder ${dataDir}. Start one, or use --data to name its folder.\n`,
    );
    return EXIT.error;
  }
  const lines = found.map(({ pid, url }) => (found.length === 1 ? `${url}\n` : `${url}  (pid ${pid})\n`));
  return (await written(lines.join(''))) ? EXIT.done : EXIT.pipeClosed;
}
