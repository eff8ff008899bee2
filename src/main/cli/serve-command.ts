import { lookup } from 'node:dns/promises';
import { writeFileSync } from 'node:fs';
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

/** What was given, checked. */
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
    .description('serve the window to a browser')
    .option('--port <n>', `port to listen on; 0 takes any free one (default: ${DEFAULT_PORT}, or any that is free)`)
    .option('--host <name>', 'name or address to listen on', '127.0.0.1')
    .option('--allow-host <name>', 'a further name that browsers may ask by (repeatable)', collect, [])
    .option('--tls-cert <file>', 'certificate, as PEM with its chain: serve over https')
    .option('--tls-key <file>', 'its private key, as PEM')
    .option('--insecure', 'listen without TLS where other machines can reach it')
    .option('--no-open', "don't open the system's browser")
    .option('--data <dir>', 'folder for the captures', defaultDataDir())
    .option('--ready-file <file>', 'when ready, write {"url","pid"} to FILE')
    .option('--demo', 'open a server session with a peer that talks, and a tap on two peers that talk with each other')
    .action(async (given: Given) => finish(await serve(given)));
}

const collect = (value: string, before: readonly string[]) => [...before, value];

async function serve(given: Given): Promise<number> {
  const plan = await planOf(given);
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
    if (given.readyFile) writeFileSync(given.readyFile, JSON.stringify({ url, pid: process.pid }), { mode: 0o600 });
    sayWhere(plan, host, url);
    stops.unshift(onEnter(process.stdin, () => process.stdout.write(`${host.newUrl()}\n`)));
    if (given.open) await open(url).catch(() => say('No browser could be opened: open the address yourself.'));
    await interrupted();
    return 0;
  } finally {
    for (const stop of stops) await stop();
  }
}

/** Throws {@link UsageError} before anything is opened. */
async function planOf(given: Given): Promise<Plan> {
  const port = given.port === undefined ? undefined : wholeNumber('--port', given.port, 0, 65535);
  const names = given.allowHost.map((name) => {
    const known = nameIn(name);
    if (known === undefined) throw new UsageError(`--allow-host takes a name such as lab.example; "${name}" is none.`);
    return known;
  });
  const tls = readCertificate(given.tlsCert, given.tlsKey);
  const isOpen = await isReachable(given.host);
  if (isOpen && !tls && !given.insecure)
    throw new UsageError(
      `Other machines can reach ${given.host}, and without TLS whoever is on the way can read and change what the window shows. Give --tls-cert and --tls-key; or --insecure, if that network is yours alone. From another machine, "ssh -L ${port || DEFAULT_PORT}:localhost:${port || DEFAULT_PORT}" needs neither.`,
    );
  if (isOpen && !tls)
    process.stderr.write('Warning: without TLS, whoever is on the way can read and change what the window shows.\n');
  return { port, host: given.host, names, tls };
}

/** Whether other machines can reach what listens on `host`. A name that is not known is left to the listening. */
async function isReachable(host: string): Promise<boolean> {
  const found = await lookup(host).catch(() => undefined);
  return found !== undefined && !isLoopbackName(nameIn(inUrl(found.address)) ?? '');
}

function sayWhere({ port }: Plan, host: HeadlessHost, url: string): void {
  if (port === undefined && host.port !== DEFAULT_PORT)
    say(`Port ${DEFAULT_PORT} is taken, so this Shmscope is at ${host.port}.`);
  const more = process.stdin.isTTY && inForeground() ? 'Enter, or "shmscope url", prints' : '"shmscope url" prints';
  say(`Shmscope is at ${url}\nThe address works once. ${more} another one, Ctrl+C ends Shmscope.`);
}

const say = (text: string) => process.stdout.write(`${text}\n`);

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
