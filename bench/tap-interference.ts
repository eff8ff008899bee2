import type { Bits } from '../src/shared/peers.ts';
import type { TapMode } from '../src/shared/session.ts';
import { figure, names, startPeer } from './lib/peer.ts';
import { type Finding, finding, option, report } from './lib/report.ts';
import { median, spread } from './lib/statistics.ts';
import { onEachSystem, PEER_CORE, type System, startTap } from './lib/tapped.ts';

/**
 * Round trips of two C peers with a tap attached ÷ without, by turns: p50 and p99. The tap records into a capture. If
 * the runs without a tap differ by more than 3 % among themselves, everything is measured again.
 */
const SECONDS = option('seconds', 1);
const ROUNDS = option('rounds', 8);
const ATTEMPTS = option('attempts', 3);
const MAX_NOISE = 0.03;
const SIZES = [64, 16_384];
const CLIENT: Bits = 64;
const MODES: readonly TapMode[] = ['gentle', 'adaptive'];

interface RoundTrip {
  readonly p50: number;
  readonly p99: number;
}
interface Rounds {
  readonly without: readonly RoundTrip[];
  readonly tapped: readonly RoundTrip[];
}

const name = `Tapped${process.pid}`;

async function pingpong({ presets, env }: System, client: Bits, size: number): Promise<RoundTrip> {
  const args = ['client', ...names(name), 'pingpong', '--size', String(size), '--seconds', String(SECONDS)];
  const output = await startPeer({ preset: presets[client], args, core: PEER_CORE, env }).output;
  return { p50: figure(output, /p50 ([\d.]+) us/), p99: figure(output, /p99 ([\d.]+) us/) };
}

async function byTurns(system: System, client: Bits, size: number, mode: TapMode): Promise<Rounds> {
  const [without, tapped]: RoundTrip[][] = [[], []];
  const withTap = async () => {
    const tap = await startTap(system, mode, [name]);
    tapped?.push(await pingpong(system, client, size));
    await tap.stop();
  };
  const alone = async () => without?.push(await pingpong(system, client, size));
  for (let round = 0; round < ROUNDS; round++) {
    // Neither is always the first of a round.
    for (const run of round % 2 ? [withTap, alone] : [alone, withTap]) await run();
  }
  return { without: without as RoundTrip[], tapped: tapped as RoundTrip[] };
}

/** How far apart the medians of every other run without a tap are. */
function noise({ without }: Rounds): number {
  const half = (odd: number) => median(without.filter((_, at) => at % 2 === odd).map(({ p50 }) => p50));
  return Math.abs(half(0) / half(1) - 1);
}

async function measure(system: System, server: Bits, size: number, mode: TapMode) {
  const args = ['server', ...names(name), 'echo'];
  const echo = startPeer({ preset: system.presets[server], args, core: PEER_CORE, env: system.env });
  let rounds: Rounds;
  try {
    await echo.ready;
    let attempts = 1;
    do rounds = await byTurns(system, CLIENT, size, mode);
    while (noise(rounds) > MAX_NOISE && attempts++ < ATTEMPTS);
  } finally {
    await echo.stop();
  }
  const label = `tap, ${mode}, ${system.name}, ${server}/${CLIENT}, ${size} B`;
  const apart = `A/A ${(100 * noise(rounds)).toFixed(1)} %`;
  return (['p50', 'p99'] as const).map((share): Finding => {
    const [tapped, without] = [rounds.tapped, rounds.without].map((all) => all.map((each) => each[share]));
    const [a = [], b = []] = [tapped, without];
    const figures = `${median(a).toFixed(1)} µs ÷ ${median(b).toFixed(1)} µs, ${spread(a.map((each, at) => each / (b[at] ?? each)))}, ${apart}`;
    const target = { atMost: share === 'p50' ? 1.05 : 1.15 };
    const found = finding(`${label}, ${share} attached ÷ detached`, figures, median(a) / median(b), target);
    console.log(`${found.name}: ${found.result} ${found.measured}`);
    return found;
  });
}

report(
  await onEachSystem(async (system) => {
    const findings: Finding[] = [];
    for (const bits of system.bits)
      for (const size of SIZES) for (const mode of MODES) findings.push(...(await measure(system, bits, size, mode)));
    return findings;
  }),
);
