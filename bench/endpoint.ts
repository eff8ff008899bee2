import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BITS_HERE } from '../src/main/peers/runs-32-bit.testing.ts';
import { onCore } from './lib/core.ts';
import { figure, names, startPeer } from './lib/peer.ts';
import { type Finding, finding, option, report } from './lib/report.ts';
import { median, spread } from './lib/statistics.ts';
import { windowsNode } from './lib/tools.ts';
import { startWineServer } from './lib/wine-server.ts';

/**
 * Round trips per second of our endpoint with a C echo ÷ a C pingpong with the same echo, by turns; and messages per
 * second that it sends to a C peer that reads at once ÷ those of a C flood to the same peer.
 *
 * Both ends and Wine's server share one core: only one of them ever has work, so the rate is what their work costs.
 * With `--cores 2` the pinging end has a core of its own. On a virtual machine whose idle cores halt, waking them is
 * then most of a round trip: it takes twice as long, and varies from minute to minute by a fifth, whoever pings. If
 * idle cores poll (haltpoll's guest_halt_poll_ns), two cores are faster than one, and both ends equally fast.
 */
const SECONDS = option('seconds', 2);
const ROUNDS = option('rounds', 8);
const ECHO_CORE = 0;
const PING_CORE = option('cores', 1) > 1 ? 1 : 0;

/** What both ends do: ours by its program, the C peer by its behaviour, and what the other end does meanwhile. */
interface Work {
  readonly name: string;
  readonly child: string;
  readonly behaviour: string;
  readonly facing: string;
  readonly sizes: readonly number[];
}
const ROUND_TRIPS: Work = {
  ...{ name: 'endpoint ÷ C', child: 'bench/lib/ping.child.ts' },
  ...{ behaviour: 'pingpong', facing: 'echo', sizes: [64, 16384] },
};
/** C's flood writes every byte of a message anew, which ours doesn't: with a small message that makes no difference. */
const SENDS: Work = {
  ...{ name: 'sends ÷ C', child: 'bench/lib/send.child.ts' },
  ...{ behaviour: 'flood', facing: 'drain', sizes: [64] },
};

const name = `Bench${process.pid}`;
const folder = mkdtempSync(join(tmpdir(), 'shmscope-bench-'));
/** Both print a rate, except the flood, which prints how many in how many seconds. */
const perSecond = (output: string): number =>
  /acknowledged \d+ in /.test(output)
    ? figure(output, /acknowledged (\d+)/) / figure(output, / in ([\d.]+)/)
    : figure(output, /(\d+)\/s/);

/** Where a pair of programs runs: how ours is started, and which C program it is compared with. */
interface System {
  readonly name: string;
  readonly echoes: readonly string[];
  readonly pinger: string;
  /** Of round trips, and of sends. */
  readonly atLeast: { readonly roundTrips: number; readonly sends: number };
  readonly env: NodeJS.ProcessEnv;
  readonly node: (args: string[], output: string) => ReturnType<typeof spawn>;
}

async function ours(system: System, work: Work, size: number): Promise<number> {
  const output = join(folder, 'ping.out');
  const child = onCore(PING_CORE, () => system.node([work.child, name, String(size), String(SECONDS)], output));
  await once(child, 'close');
  return perSecond(readFileSync(output, 'utf8'));
}

async function inC(system: System, work: Work, size: number): Promise<number> {
  const args = ['client', ...names(name), work.behaviour, '--size', String(size), '--seconds', String(SECONDS)];
  return perSecond(await startPeer({ preset: system.pinger, args, core: PING_CORE, env: system.env }).output);
}

async function compare(system: System, work: Work, preset: string, size: number): Promise<Finding> {
  const echo = startPeer({ preset, args: ['server', ...names(name), work.facing], core: ECHO_CORE, env: system.env });
  const rounds: { ours: number; c: number }[] = [];
  try {
    await echo.ready;
    for (let round = 0; round < ROUNDS; round++) {
      // Neither is always the first of a round.
      const first = round % 2 ? await inC(system, work, size) : await ours(system, work, size);
      const second = round % 2 ? await ours(system, work, size) : await inC(system, work, size);
      rounds.push(round % 2 ? { ours: second, c: first } : { ours: first, c: second });
    }
  } finally {
    await echo.stop();
  }
  const ratios = rounds.map((round) => round.ours / round.c);
  const rates = `${median(rounds.map((r) => r.ours)).toFixed(0)}/s ÷ ${median(rounds.map((r) => r.c)).toFixed(0)}/s`;
  // On one core each step of C's is a wake and little else: the basis of this machine's figures.
  const wakeMicros = 1e6 / median(rounds.map((r) => r.c)) / (work === SENDS ? 1 : 2);
  const label = `${work.name}, ${system.name}, ${preset}, ${size} B`;
  const found = finding(label, `${rates}, ${spread(ratios)}, a wake in C ${wakeMicros.toFixed(1)} µs`, median(ratios), {
    atLeast: work === SENDS ? system.atLeast.sends : system.atLeast.roundTrips,
  });
  console.log(`${found.name}: ${found.measured}`);
  return found;
}

async function measure(system: System): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const work of [ROUND_TRIPS, SENDS]) {
    for (const preset of system.echoes)
      for (const size of work.sizes) findings.push(await compare(system, work, preset, size));
  }
  return findings;
}

const posix: System = {
  name: 'POSIX',
  echoes: BITS_HERE.map((bits) => ({ 64: 'gcc-x64', 32: 'gcc-x86' })[bits]),
  pinger: 'gcc-x64',
  atLeast: { roundTrips: 0.85, sends: 0.9 },
  env: {},
  node: (args, output) =>
    spawn('/bin/sh', ['-c', 'exec "$0" "$@" > "$OUT"', process.execPath, ...args], {
      env: { ...process.env, OUT: output },
    }),
};

async function wine(): Promise<Finding[]> {
  const server = startWineServer(ECHO_CORE);
  const node: System['node'] = (args, stdout) => windowsNode(args, { stdout, env: server.env });
  try {
    return await measure({
      name: 'Wine',
      // Wine runs 32-bit programs even if the kernel doesn't.
      echoes: ['mingw-x64', 'mingw-x86'],
      pinger: 'mingw-x64',
      atLeast: { roundTrips: 0.95, sends: 0.9 },
      env: server.env,
      node,
    });
  } finally {
    server.stop();
  }
}

try {
  report([...(await measure(posix)), ...(await wine())]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
