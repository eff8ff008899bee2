import type { TapMode } from '../src/shared/session.ts';
import { figure, names, startPeer } from './lib/peer.ts';
import { type Finding, finding, option, report } from './lib/report.ts';
import { onEachSystem, PEER_CORE, type System, startTap } from './lib/tapped.ts';

/**
 * How many of the numbered messages that one C peer sends to another a tap sees: at 10, 100 and 1,000 a second in
 * adaptive mode, where those that it counts as missed are the rest, and as fast as possible at full speed.
 */
const SECONDS = option('seconds', 5);
const SIZE = 64;

interface Run {
  readonly mode: TapMode;
  /** Messages a second; null as fast as the peers can. */
  readonly rate: number | null;
}
const RUNS: readonly Run[] = [
  { mode: 'adaptive', rate: 10 },
  { mode: 'adaptive', rate: 100 },
  { mode: 'adaptive', rate: 1000 },
  { mode: 'full', rate: null },
];

let channels = 0;

async function run({ presets, env, ...system }: System, { mode, rate }: Run) {
  const name = `Seen${process.pid}-${channels++}`;
  const peer = (role: string, ...behaviour: string[]) =>
    startPeer({ preset: presets[64], args: [role, ...names(name), ...behaviour], core: PEER_CORE, env });
  const reader = peer('server', 'drain');
  await reader.ready;
  const tap = await startTap({ presets, env, ...system }, mode, [name]);
  const pace = rate === null ? [] : ['--rate', String(rate)];
  const sender = peer('client', 'flood', '--size', String(SIZE), '--seconds', String(SECONDS), ...pace);
  const sent = figure(await sender.output, /acknowledged (\d+)/);
  await reader.stop();
  const { results } = await tap.result();
  return { sent, seen: results[0]?.seen ?? 0, missed: results[0]?.missed ?? 0 };
}

async function measure(system: System, how: Run): Promise<Finding[]> {
  const { sent, seen, missed } = await run(system, how);
  const { mode, rate } = how;
  const label = `tap, ${mode}, ${system.name}, ${rate === null ? 'as fast as they can' : `${rate}/s`}`;
  const figures = `${seen} seen and ${missed} missed of ${sent}`;
  const share = finding(`${label}: seen ÷ sent`, figures, seen / sent, { atLeast: rate === null ? 0.9 : 0 });
  const told = finding(`${label}: seen and missed ÷ sent`, figures, (seen + missed) / sent, { atLeast: 1, atMost: 1 });
  const none = finding(`${label}: missed`, figures, missed, { atMost: 0 });
  const found = rate === null ? [share] : rate <= 100 ? [told, none] : [told];
  for (const each of found) console.log(`${each.name}: ${each.result} ${each.measured}`);
  return found;
}

report(
  await onEachSystem(async (system) => {
    const findings: Finding[] = [];
    for (const how of RUNS) findings.push(...(await measure(system, how)));
    return findings;
  }),
);
