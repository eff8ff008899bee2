import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import open from 'open';
import { defaultDataDir } from '../data-dir.ts';
import { startDemo } from '../demo.ts';
import { serveHeadless } from '../headless.ts';
import { openServices } from '../services.ts';
import { workers } from '../workers.ts';
import { wholeNumber } from './steps.ts';

interface Given {
  readonly port: string;
  readonly host: string;
  readonly open: boolean;
  readonly data?: string;
  readonly readyFile?: string;
  readonly demo?: boolean;
}

/** `shmscope serve`: the window in a browser. */
export function addServeCommand(program: Command, finish: (status: number) => void): void {
  program
    .command('serve')
    .description('serve the window to a browser on this machine')
    .option('--port <n>', 'port to listen on; 0 takes a free one', '0')
    .option('--host <name>', 'name or address to listen on', '127.0.0.1')
    .option('--no-open', "don't open the system's browser")
    .option('--data <dir>', 'folder for the captures', defaultDataDir())
    .option('--ready-file <file>', 'when ready, write {"url","pid"} to FILE')
    .option('--demo', 'open a server session with a peer that talks')
    .action(async (given: Given) => finish(await serve(given)));
}

async function serve(given: Given): Promise<number> {
  const port = wholeNumber('--port', given.port, 0, 65535);
  const opened = await openServices({ dataDir: given.data ?? defaultDataDir(), host: 'headless', workers });
  const stops: (() => Promise<void>)[] = [opened.close];
  try {
    const rendererDir = path.join(import.meta.dirname, '../renderer');
    const host = await serveHeadless({ ...opened, rendererDir, host: given.host, port });
    stops.unshift(host.close);
    if (given.demo) stops.unshift(await startDemo(opened.services, workers.demoPeer));
    if (given.readyFile)
      writeFileSync(given.readyFile, JSON.stringify({ url: host.url, pid: process.pid }), { mode: 0o600 });
    process.stdout.write(`Shmscope is at ${host.url}\nThe address works once. Ctrl+C ends it.\n`);
    if (given.open)
      await open(host.url).catch(() =>
        process.stdout.write('No browser could be opened: open the address yourself.\n'),
      );
    await interrupted();
    return 0;
  } finally {
    for (const stop of stops) await stop();
  }
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
