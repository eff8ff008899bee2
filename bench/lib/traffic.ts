import { setTimeout as sleep } from 'node:timers/promises';
import { type Captured, readFloods } from './captured.ts';
import { type Delay, type Host, receivingServer } from './host.ts';
import type { OpenPage } from './page.ts';
import { figure, names, startPeer } from './peer.ts';
import { finding } from './report.ts';
import { quantile } from './statistics.ts';

/** Time for the rest of a phase to be written and shown. */
const SETTLE_MS = 1000;

/** A server session that receives everything, and the name of its channel. */
export interface Taker {
  readonly session: number;
  readonly name: string;
}

export async function openTakers(host: Host, prefix: string, count: number): Promise<Taker[]> {
  const takers: Taker[] = [];
  for (let n = 1; n <= count; n++) {
    const name = `${prefix}${process.pid}-${n}`;
    takers.push({ session: (await host.open(receivingServer(name))).id, name });
  }
  return takers;
}

export interface TrafficOptions {
  readonly phases: number;
  /** Of each phase. */
  readonly seconds: number;
  /** Bytes of a message. */
  readonly size: number;
  /** Messages per second for each receiver; as fast as the channel accepts them if omitted. */
  readonly rate?: number;
}

/** What was seen of the window and the host, by turns without and with traffic. */
export interface Traffic {
  /** ms between frames. */
  readonly quiet: number[];
  readonly busy: number[];
  /** For each phase with traffic, one list: when the host's messages arrived, in ms of the page's clock. */
  readonly messages: number[][];
  readonly delays: Delay[];
  /** For each receiver, by phase: messages that its peer says were read. */
  readonly acknowledged: number[][];
}

export async function alternate(
  host: Host,
  page: OpenPage,
  takers: readonly Taker[],
  { phases, seconds, size, rate }: TrafficOptions,
): Promise<Traffic> {
  const seen: Traffic = { quiet: [], busy: [], messages: [], delays: [], acknowledged: takers.map(() => []) };
  const pace = rate === undefined ? [] : ['--rate', String(rate)];
  const flood = ['flood', '--seconds', String(seconds), '--size', String(size), ...pace];
  await sleep(SETTLE_MS);
  for (let phase = 0; phase < phases; phase++) {
    await page.frames();
    await sleep(seconds * 1000);
    seen.quiet.push(...(await page.frames()));

    await page.messages();
    await host.watchDelay();
    const peers = takers.map(({ name }) =>
      startPeer({ preset: 'gcc-x64', args: ['client', ...names(name), ...flood] }),
    );
    const outputs = await Promise.all(peers.map(({ output }) => output));
    seen.delays.push(await host.delay());
    seen.busy.push(...(await page.frames()));
    seen.messages.push(await page.messages());
    for (const [n, output] of outputs.entries()) seen.acknowledged[n]?.push(figure(output, /acknowledged (\d+)/));
    await sleep(SETTLE_MS);
  }
  return seen;
}

/** Whether everything that the peers say was read is in the capture `file`, in order and complete. */
export function nothingLost(
  name: string,
  file: string,
  takers: readonly Taker[],
  seen: Traffic,
  options: TrafficOptions,
) {
  const held = takers.map(({ session }, n) => readFloods(file, session, seen.acknowledged[n] ?? [], options.size));
  const sum = (of: keyof Captured) => held.reduce((all, captured) => all + captured[of], 0);
  const sent = seen.acknowledged.flat().reduce((all, n) => all + n);
  const [messages, wrong] = [sum('messages'), sum('wrong')];
  const rate = Math.round(sent / (options.phases * options.seconds));
  const from = takers.length === 1 ? '' : ` from ${takers.length} peers`;
  return finding(
    `${name}: messages missed or wrong`,
    `${sent} acknowledged (${rate}/s of ${options.size} B${from}), ${messages} captured, ${sent - messages} missed, ${wrong} wrong, ${sum('complaints')} anomalies and errors`,
    Math.abs(sent - messages) + wrong,
    { atMost: 0 },
  );
}

export function smoothness(name: string, { quiet, busy }: Traffic, atMost: number) {
  const p95 = (frames: number[]) => quantile(frames, 0.95);
  const ms = (frames: number[]) => `${p95(frames).toFixed(1)} ms`;
  return finding(
    `${name}: window's p95 frame ÷ quiet`,
    `${ms(busy)} ÷ ${ms(quiet)} (${busy.length} and ${quiet.length} frames)`,
    p95(busy) / p95(quiet),
    { atMost },
  );
}
