import { join } from 'node:path';
import { expect, type Names, test } from './fixtures.ts';
import { ROOT } from './hosts/process.ts';
import type { AppWindow } from './window.ts';

const FOLDER = join(ROOT, 'docs', 'screenshots');
const SCHEMES = ['light', 'dark'] as const;

test('the main screens, with native peers of both bitnesses at the other end', async ({ win, peer }) => {
  const [orders, telemetry, legacy] = ['Orders', 'Telemetry', 'Legacy'].map(named) as [Names, Names, Names];
  await takePictures(win, 'welcome');

  await win.fill('client', telemetry);
  await win.submit();
  await expect(win.dialog.getByRole('alert')).toBeVisible();
  await takePictures(win, 'new-session');
  const server = await peer('x86', [
    'server',
    ...telemetry.peerArgs,
    '--buffer-size',
    '4096',
    'talk',
    '--interval',
    '150',
  ]);
  await server.waitFor('ready');
  await win.submit();
  await expect(win.title).toHaveText(telemetry.section);

  await win.open('server', legacy, { layout: 'fixed', timeoutMs: 1000 });
  const odd = await peer('x86', ['client', ...legacy.peerArgs, '--layout', 'fixed', 'misbehave', 'bad-length']);
  await odd.waitFor('done');
  await expect(win.rows('bad-length').first()).toBeVisible();

  await win.open('server', orders, { timeoutMs: 400 });
  await peer('x64', ['client', ...orders.peerArgs, 'talk', '--interval', '180']);
  // Between these numbers the peer writes nothing that takes fonts which a machine without a desktop lacks.
  await expect.poll(() => win.received(), { intervals: [50] }).toBeGreaterThan(48);
  await win.sendText('{"cmd":"status","id":7,"verbose":true}');
  await expect.poll(() => win.received(), { intervals: [50] }).toBeGreaterThan(53);
  await win.sendText('{"cmd":"read","id":8,"reg":"0x2f10"}');
  await win.field.fill('{"cmd":"read","id":9,"reg":"0x2f14"}');
  await expect.poll(() => win.received(), { intervals: [50] }).toBeGreaterThan(57);
  await win
    .rows(/in.*message.*"cmd"/)
    .last()
    .click();
  await takePictures(win, 'session');

  await win.composer.getByRole('tab', { name: 'Hex' }).click();
  await win.rows('12,000').last().click();
  await win.showDetail('Hex');
  await takePictures(win, 'hex');

  await win.item(legacy).click();
  await win.log.focus();
  await win.log.press('Home');
  await win.rows('bad-length').first().click();
  await takePictures(win, 'anomaly');
});

function named(name: string): Names {
  const [section, eventS2c, eventC2s] = [`Local\\${name}`, `Local\\${name}S2C`, `Local\\${name}C2S`] as const;
  return {
    section,
    eventS2c,
    eventC2s,
    peerArgs: ['--name', section, '--event-s2c', eventS2c, '--event-c2s', eventC2s],
  };
}

async function takePictures(win: AppWindow, name: string): Promise<void> {
  for (const colorScheme of SCHEMES) {
    await win.page.emulateMedia({ colorScheme });
    await expect(win.page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    await win.page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}.png`), animations: 'disabled' });
  }
}
