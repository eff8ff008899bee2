/**
 * A Shmscope in the middle of a run, for kills.peers.ts: sessions and programs of both bitnesses that come, talk and
 * go, repeatedly, until somebody kills it. Prints `running` when the first of them are there.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Role } from '../shared/domain.ts';
import type { Bits, StartPeer } from '../shared/peers.ts';
import type { OpenEndpoint, OpenOptions } from '../shared/session.ts';
import { builtWorkers } from './built-worker.testing.ts';
import { OTHER_BITS } from './peers/runs-32-bit.testing.ts';
import { openServices } from './services.ts';

/** How long each round of them talks, in ms. */
const ROUND_MS = 60;

const [folder = ''] = process.argv.slice(2);
const { services } = await openServices({
  dataDir: folder,
  host: 'headless',
  workers: builtWorkers(),
});

const namesOf = (section: string) => ({ section, eventS2c: `${section} S2C`, eventC2s: `${section} C2S` });
const endOf = (role: Role, section: string): OpenEndpoint => ({
  ...{ kind: 'endpoint', role, ...namesOf(section), layout: 'sized', bufferSize: 1024, takeOver: false },
  ...{ overrun: 'wait', receive: { mode: 'continuous', timeoutMs: 10 } },
});
const tapOf = (section: string): OpenOptions => ({
  ...{ kind: 'tap', role: 'tap', ...namesOf(section), layout: 'auto', mode: 'adaptive', follow: false },
});
const peerOf = (bits: Bits, role: Role, section: string, ...behaviour: string[]): StartPeer => ({
  ...{ kind: 'bundled', bits, role, ...namesOf(section), layout: 'sized', bufferSize: 1024, behaviour },
});
/** It ends neither with its input nor by itself. */
const stubborn: StartPeer = {
  ...{ kind: 'program', file: process.execPath, args: ['-e', 'setInterval(() => {}, 1000)'], env: {} },
};

const say = (words: string) => process.stdout.write(`${words}\n`);

/** Waits for its first line. */
async function ready(id: number): Promise<void> {
  while ((await services.peerOutput({ peer: id, from: 0, limit: 1 })).end === 0) {
    const peer = (await services.state()).peers.find((one) => one.id === id);
    if (peer?.state === 'ended') throw new Error(`The peer ended: ${JSON.stringify(peer)}`);
    await sleep(2);
  }
}

async function round(number: number): Promise<void> {
  const [one, other] = [`Local\\Kills ${process.pid}-${number}a`, `Local\\Kills ${process.pid}-${number}b`];
  say(`round ${number}`);
  const server = await services.open(endOf('server', one));
  say('server');
  const talker = await services.startPeer(peerOf(OTHER_BITS, 'client', one, 'talk', '--interval', '1'));
  const echo = await services.startPeer(peerOf(64, 'server', other, 'echo'));
  say('peers');
  await ready(echo.id);
  say('ready');
  const client = await services.open(endOf('client', other));
  const tap = await services.open(tapOf(other));
  const extra = number % 4 === 0 ? [await services.startPeer(stubborn)] : [];
  say('running');
  for (let sent = 0; sent < 10; sent++) {
    await services.send(client.id, new TextEncoder().encode(`message ${sent} of round ${number}`));
    await sleep(ROUND_MS / 10);
  }
  await Promise.all([server, client, tap].map(({ id }) => services.close(id)));
  await Promise.all([talker, echo, ...extra].map(({ id }) => services.killPeer(id)));
}

for (let number = 0; ; number++) await round(number);
