import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openChannel } from '../src/main/channel/channel.ts';
import { Endpoint } from '../src/main/channel/endpoint.ts';
import { openKernel } from '../src/main/kernel/open.ts';
import { type OpenedServices, openServices } from '../src/main/services.ts';
import type { OpenEndpoint, OpenOptions } from '../src/shared/session.ts';
import { workers } from './lib/built.ts';
import { type Finding, finding, option, report } from './lib/report.ts';
import { median, quantile } from './lib/statistics.ts';

/**
 * ms from the moment that an alarm's condition holds (a peer has written a message, or its message has been unread for
 * 20 ms) until a window is told that it has fired: in an endpoint and in a tap of a channel, at random moments.
 */
const ROUNDS = option('rounds', 200);
const UNREAD_MS = 20;

const folder = mkdtempSync(join(tmpdir(), 'shmscope-bench-'));
process.env.SHMSCOPE_RUNTIME_DIR = join(folder, 'run');

const section = `Local\\Alarm${process.pid}`;
const server: OpenEndpoint = {
  ...{ kind: 'endpoint', role: 'server', section, eventS2c: `${section}-s2c`, eventC2s: `${section}-c2s` },
  ...{ layout: 'sized', bufferSize: 16_384, takeOver: false, overrun: 'overwrite', receive: null },
};

/** Waits until a session's only alarm has fired. */
function fired(host: OpenedServices, session: number): Promise<number> {
  return new Promise((resolve) => {
    const undo = host.onState(({ sessions }) => {
      const found = sessions.find(({ id }) => id === session);
      if (!found || !('alarms' in found) || found.alarms[0]?.count !== 1) return;
      undo();
      resolve(performance.now());
    });
  });
}

/** @param write makes the peer write a message with this text; @param lateMs when after that the alarm is due */
async function measure(host: OpenedServices, session: number, how: Measure): Promise<number[]> {
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const text = `ping ${round}`;
    await host.services.setAlarms(session, [how.alarm(text)]);
    await sleep(Math.random() * 60);
    const told = fired(host, session);
    how.write(text);
    const due = performance.now() + how.lateMs;
    took.push((await told) - due);
    how.after();
    await host.services.setAlarms(session, []);
  }
  return took;
}

interface Measure {
  readonly name: string;
  readonly alarm: (text: string) => string;
  readonly write: (text: string) => void;
  readonly lateMs: number;
  readonly after: () => void;
}

function found({ name }: Measure, took: readonly number[]): Finding {
  const figures = `p50 ${median(took).toFixed(1)} ms, longest ${Math.max(...took).toFixed(1)} ms`;
  return finding(`alarm: until told, p99, ${name}`, figures, quantile(took, 0.99), { atMost: 50, unit: ' ms' });
}

const kernel = await openKernel();
const host = await openServices({ dataDir: folder, host: 'headless', workers });
try {
  const open = async (options: OpenOptions) => (await host.services.open(options)).id;
  const endpoint = await open(server);
  const tap = await open({
    ...{
      kind: 'tap',
      role: 'tap',
      section,
      eventS2c: '',
      eventC2s: '',
      layout: 'auto',
      mode: 'adaptive',
      follow: false,
    },
  });
  const peer = new Endpoint(kernel, openChannel(kernel, { ...server, role: 'client' }), () => {});
  const bytes = (text: string) => new TextEncoder().encode(text);
  const passes = (name: string): Measure => ({
    ...{ name, alarm: (text) => `"${text}" or "none"`, lateMs: 0, after: () => {} },
    write: (text) => peer.send(bytes(text)),
  });
  const unread: Measure = {
    ...passes('a message unread'),
    alarm: () => `c2s unread > ${UNREAD_MS}ms`,
    lateMs: UNREAD_MS,
  };
  const take = () => host.services.receive(endpoint, { mode: 'once', timeoutMs: 1000 });
  const findings = [found(unread, await measure(host, endpoint, { ...unread, after: take }))];
  await host.services.receive(endpoint, { mode: 'continuous', timeoutMs: 60_000 });
  const [received, seen] = [passes('a message received'), passes('a message seen by a tap')];
  findings.push(found(received, await measure(host, endpoint, received)));
  findings.push(found(seen, await measure(host, tap, seen)));
  peer.close();
  report(findings);
} finally {
  await host.close();
  rmSync(folder, { recursive: true, force: true });
}
