import { setTimeout as sleep } from 'node:timers/promises';
import { names, type Peer, startPeer } from './lib/peer.ts';
import { finding, option, report } from './lib/report.ts';
import { onEachSystem, PEER_CORE, type System, startTap } from './lib/tapped.ts';

/** What 20 adaptive taps of channels on which nothing has happened for a while take of one core. */
const TAPS = option('taps', 20);
const SECONDS = option('seconds', 10);
/** After 10 s without a change a tap looks as rarely as it ever does. */
const SETTLE_SECONDS = option('settle', 12);

async function measure(system: System) {
  const channels = Array.from({ length: TAPS }, (_, n) => `Idle${process.pid}-${n}`);
  const peers: Peer[] = [];
  for (const name of channels) {
    const args = ['server', ...names(name), 'misbehave', 'hold'];
    const peer = startPeer({ preset: system.presets[64], args, core: PEER_CORE, env: system.env });
    await peer.ready;
    peers.push(peer);
  }
  const tap = await startTap(system, 'adaptive', channels, 1000 * SETTLE_SECONDS);
  await sleep(1000 * SECONDS);
  await Promise.all(peers.map((peer) => peer.stop()));
  const { cpu } = await tap.result();
  const found = finding(
    `${TAPS} quiet taps, ${system.name}`,
    `${(100 * cpu).toFixed(2)} % of a core over ${SECONDS} s, ${SETTLE_SECONDS} s after the last change`,
    100 * cpu,
    { atMost: 3, unit: ' %' },
  );
  console.log(`${found.name}: ${found.measured}`);
  return [found];
}

report(await onEachSystem(measure));
