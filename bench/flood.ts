import { type Delay, startHost } from './lib/host.ts';
import { openPage } from './lib/page.ts';
import { finding, option, report } from './lib/report.ts';
import { alternate, nothingLost, openTakers, smoothness } from './lib/traffic.ts';

/**
 * A peer floods as fast as the channel accepts it while the window is open: is everything in the capture, does the
 * window stay smooth, does the main thread? By turns with phases without traffic, which the frames are compared with.
 */
const PHASES = 4;
const TRAFFIC = { phases: PHASES, seconds: option('seconds', 60) / PHASES, size: option('size', 64) };

const host = await startHost();
try {
  const takers = await openTakers(host, 'Flood', 1);
  const page = await openPage(host.url);
  const seen = await alternate(host, page, takers, TRAFFIC).finally(() => page.close());
  const worst = (of: keyof Delay) => Math.max(...seen.delays.map((delay) => delay[of]));
  const ms = (n: number) => `${n.toFixed(1)} ms`;
  report([
    nothingLost('flood', await host.close(), takers, seen, TRAFFIC),
    smoothness('flood', seen, 1.5),
    finding(
      "flood: delay of main's event loop, p99",
      `of the worst phase; p50 ${ms(worst('p50'))}, longest ${ms(worst('max'))}`,
      worst('p99'),
      { atMost: 20, unit: ' ms' },
    ),
  ]);
} finally {
  host.remove();
}
