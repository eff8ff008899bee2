import { setTimeout as sleep } from 'node:timers/promises';
import { receivingServer, startHost } from './lib/host.ts';
import { openPage, processRss } from './lib/page.ts';
import { names, startPeer } from './lib/peer.ts';
import { finding, mebibytes, option, report } from './lib/report.ts';

/** Memory of the host and of its window after 1,000,000 records ÷ after 100,000, with the log's end in view. */
const RECORDS = option('records', 1_000_000);
const FIRST = RECORDS / 10;
/** For the last news to be drawn. */
const SETTLE_MS = 2000;

const name = `Memory${process.pid}`;

const host = await startHost();
try {
  const session = await host.open(receivingServer(name));
  const page = await openPage(host.url);
  let captured = 0;
  const flood = async (count: number) => {
    await startPeer({ preset: 'gcc-x64', args: ['client', ...names(name), 'flood', '--count', String(count)] }).output;
    captured += count;
    while ((await host.committed(session.id)) < captured) await sleep(50);
    await sleep(SETTLE_MS);
  };
  const look = async () => {
    const heap = { main: await host.heap(), window: await page.heap() };
    return { heap, rss: { main: processRss(host.pid), window: await page.rss() } };
  };
  try {
    await flood(FIRST);
    const before = await look();
    await flood(RECORDS - FIRST);
    const after = await look();
    const row = (what: 'rss' | 'heap', label: string) => {
      const [a, b] = [before[what], after[what]];
      const sizes = (part: 'main' | 'window') => `${part} ${mebibytes(b[part])} ÷ ${mebibytes(a[part])}`;
      const ratio = (b.main + b.window) / (a.main + a.window);
      return finding(`memory: ${label}, main and window`, `${sizes('main')}, ${sizes('window')}`, ratio, {
        atMost: 1.3,
      });
    };
    report([row('rss', 'resident'), row('heap', "JavaScript's heap")]);
  } finally {
    await page.close();
  }
} finally {
  host.remove();
}
