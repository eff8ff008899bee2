import { lookup } from 'node:dns/promises';
import path from 'node:path';
import type { Command } from 'commander';
import open from 'open';
import { defaultDataDir } from '../data-dir.ts';
import { startDemo } from '../demo/demo.ts';
import { inUrl, isLoopbackName, nameIn } from '../headless/host-name.ts';
import { DEFAULT_PORT, type HeadlessHost, serveHeadless } from '../headless.ts';
import { logUncaught } from '../log/watch.ts';
import { openServices } from '../services.ts';
import { workers } from '../workers.ts';
import { type Certificate, readCertificate } from './certificate.ts';
import { UsageError } from './exit-status.ts';
import { inForeground, onEnter } from './on-enter.ts';
import { checkReadyFile, writeReadyFile } from './ready-file.ts';
import { ENDING } from './run-session.ts';
import { wholeNumber } from './steps.ts';
import { serveUrlRequests } from './url-requests.ts';

interface Given {
  readonly port?: string;
  readonly host: string;
  readonly allowHost: readonly string[];
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly insecure?: boolean;
  readonly open: boolean;
  readonly data: string;
  readonly readyFile?: string;
  readonly demo?: boolean;
}

/** The options, checked. */
interface Plan {
  readonly port: number | undefined;
  readonly host: string;
  readonly names: readonly string[];
  readonly tls: Certificate | undefined;
}

/** `shmscope serve`: the window in a browser. */
export function addServeCommand(program: Command, finish: (status: number) => void): void {
  program
    .command('serve')
    .description('show the window in a browser')
    .option(
      '--port <n>',
      `port to listen on; 0 picks a free one (default: ${DEFAULT_PORT}, or a free one if that is taken)`,
    )
    .option('--host <name>', 'name or address to listen on', '127.0.0.1')
    .option('--allow-host <name>', 'also accept requests for this host name (repeatable)', collect, [])
    .option('--tls-cert <file>', 'serve over HTTPS with this certificate (PEM, with its chain)')
    .option('--tls-key <file>', 'private key of the certificate (PEM)')
    .option('--insecure', 'let other machines connect without TLS')
    .option('--no-open', "don't open the system's browser")
    .option('--data <dir>', 'data folder: captures, settings, log', defaultDataDir())
    .option(
      '--ready-file <file>',
      'write {"url","pid"} to FILE when ready; replaces only what serve wrote there before',
    )
    .option(
      '--demo',
      'open a server session with a peer that sends messages, and a tap on two peers that talk to each other',
    )
    .action(async (given: Given) => finish(await serve(given)));
}

const collect = (value: string, before: readonly string[]) => [...before, value];

async function serve(given: Given): Promise<number> {
  const plan = await planOf(given);
  if (given.readyFile) checkReadyFile(given.readyFile);
  logUncaught();
  const opened = await openServices({ dataDir: given.data, host: 'headless', workers });
  const stops: (() => void | Promise<void>)[] = [opened.close];
  try {
    const rendererDir = path.join(import.meta.dirname, '../renderer');
    const host = await serveHeadless({ ...opened, rendererDir, ...plan });
    stops.unshift(host.close);
    stops.unshift(await serveUrlRequests(given.data, host.newUrl));
    if (given.demo) stops.unshift(await startDemo(opened.services, workers.demoPeer));
    const url = host.newUrl();
    if (given.readyFile) writeReadyFile(given.readyFile, { url, pid: process.pid });
    sayWhere(plan, host, url);
    stops.unshift(onEnter(process.stdin, () => process.stdout.write(`${host.newUrl()}\n`)));
    if (given.open) await open(url).catch(() => say("Couldn't open a browser. Open the address yourself."));
    await interrupted();
    return 0;
  } finally {
    for (const stop of stops) await stop();
  }
}

const EXPOSED = 'anyone on the network in between can read and change what the window shows';

/** Throws {@link UsageError} before anything is opened. */
async function planOf(given: Given): Promise<Plan> {
  const port = given.port === undefined ? undefined : wholeNumber('--port', given.port, 0, 65535);
  const names = given.allowHost.map((name) => {
    const known = nameIn(name);
    if (known === undefined) throw new UsageError(`--allow-host takes a host name such as lab.example, not "${name}".`);
    return known;
  });
  const tls = readCertificate(given.tlsCert, given.tlsKey);
  const isOpen = await isReachable(given.host);
  if (isOpen && !tls && !given.insecure)
    throw new UsageError(
      [
        `Other machines can reach ${given.host}, and without TLS ${EXPOSED}.`,
        'Use --tls-cert and --tls-key, or --insecure if you trust the whole network.',
        `From another machine, "ssh -L ${port || DEFAULT_PORT}:localhost:${port || DEFAULT_PORT}" needs neither.`,
      ].join(' '),
    );
  if (isOpen && !tls) process.stderr.write(`Warning: without TLS, ${EXPOSED}.\n`);
  return { port, host: given.host, names, tls };
}

/** Whether other machines can reach what listens on `host`. An unknown name is left for listening to report. */
async function isReachable(host: string): Promise<boolean> {
  const found = await lookup(host).catch(() => undefined);
  return found !== undefined && !isLoopbackName(nameIn(inUrl(found.address)) ?? '');
}

function sayWhere({ port }: Plan, host: HeadlessHost, url: string): void {
  if (port === undefined && host.port !== DEFAULT_PORT)
    say(`Port ${DEFAULT_PORT} is taken, so this Shmscope uses ${host.port}.`);
  const more = process.stdin.isTTY && inForeground() ? 'Press Enter or run' : 'Run';
  say(`Shmscope is at ${url}\nThe address works once. ${more} "shmscope url" for another one. Ctrl+C ends Shmscope.`);
}

const say = (text: string) => process.stdout.write(`${text}\n`);

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ENDING) process.once(signal, () => resolve());
  });
}
