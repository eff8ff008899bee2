import { startHost } from './lib/host.ts';
import { type OpenPage, openPage } from './lib/page.ts';
import { finding, option, report } from './lib/report.ts';
import { alternate, nothingLost, openTakers, smoothness } from './lib/traffic.ts';

/**
 * 20,000 messages a second over four sessions, with a filter that they match, the timeline and follow on: is everything
 * in the capture, does the window stay smooth, how much does the host send it? By turns with phases without traffic.
 */
const PHASES = 3;
const SESSIONS = 4;
const RATE = option('rate', 20_000);
const TRAFFIC = { phases: PHASES, seconds: option('seconds', 30) / PHASES, size: 64, rate: RATE / SESSIONS };
const FILTER = 'kind:message size:>=64';
/** Less than this share of the rate was reached: the machine was too busy for the figures to be meaningful. */
const REACHED = 0.95;

async function filterLog({ page }: OpenPage): Promise<void> {
  await page.getByRole('combobox', { name: 'Filter' }).fill(FILTER);
  await page.getByRole('combobox', { name: 'Filter' }).press('Enter');
  await page.getByRole('button', { name: 'Hide the timeline' }).waitFor();
}

/** The most messages that came within any second. */
function inWorstSecond(times: readonly number[]): number {
  let [most, first] = [0, 0];
  for (const [last, time] of times.entries()) {
    while (time - (times[first] as number) >= 1000) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

const host = await startHost();
try {
  const takers = await openTakers(host, 'Live', SESSIONS);
  const page = await openPage(host.url);
  await filterLog(page);
  const seen = await alternate(host, page, takers, TRAFFIC).finally(() => page.close());
  const taken = seen.acknowledged.flat().reduce((sum, n) => sum + n) / (TRAFFIC.seconds * PHASES);
  const messages = seen.messages.map(inWorstSecond);
  const mean = seen.messages.flat().length / (TRAFFIC.seconds * PHASES);
  report([
    nothingLost('live', await host.close(), takers, seen, TRAFFIC),
    finding('live: messages taken ÷ sent', `${taken.toFixed(0)}/s ÷ ${RATE}/s`, taken / RATE, { atLeast: REACHED }),
    smoothness('live', seen, 1.3),
    finding(
      'live: messages from host to window',
      `in the worst second of each phase ${messages.join(', ')}; mean ${mean.toFixed(0)}/s`,
      Math.max(...messages),
      { atMost: 60, unit: '/s' },
    ),
  ]);
} finally {
  host.remove();
}
