import { afterEach, expect, test } from 'vitest';
import { ChannelDiscovery } from './discovery.ts';
import { objects, WORKER } from './testing.ts';

const { channel } = objects();
let discovery: ChannelDiscovery;
afterEach(() => discovery.close());

test('a thread looks, and looks again when the answer is old', async () => {
  discovery = new ChannelDiscovery(WORKER);
  expect((await discovery.discover({ all: false, processes: false })).channels).toEqual([]);
  await channel('Local\\Orders');
  await expect.poll(async () => (await discovery.discover({ all: false, processes: false })).channels.length).toBe(1);
});

test('several who ask at once get one answer, and those who ask for all another', async () => {
  discovery = new ChannelDiscovery(WORKER);
  const [one, two, all] = await Promise.all(
    [false, false, true].map((all) => discovery.discover({ all, processes: false })),
  );
  expect(two).toBe(one);
  expect(all).not.toBe(one);
});

test('a section that is gone is refused with its reason', async () => {
  discovery = new ChannelDiscovery(WORKER);
  await expect(discovery.details('"gone"')).rejects.toMatchObject({ code: 'no-such-section' });
});

test('a thread that can’t start ends the question with the reason, and the next one tries again', async () => {
  discovery = new ChannelDiscovery(new URL('./no-such-worker.ts', import.meta.url));
  for (const _ of [1, 2])
    await expect(discovery.details('"x"')).rejects.toMatchObject({
      code: 'worker-died',
      message: expect.stringContaining('Refresh to start another'),
    });
});

test('once it is closed nothing is looked for', async () => {
  discovery = new ChannelDiscovery(WORKER);
  await discovery.discover({ all: false, processes: false });
  await discovery.close();
  await expect(discovery.details('"x"')).rejects.toMatchObject({ code: 'closed' });
});
