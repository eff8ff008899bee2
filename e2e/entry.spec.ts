import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createNetServer, type Server } from 'node:net';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { selfSigned } from '../src/main/headless/certificate.testing.ts';
import { expect, test } from './fixtures.ts';
import { chromiumLaunch } from './hosts/chromium.ts';
import { ROOT } from './hosts/process.ts';

/** How a browser gets in: by its first address, by a link, through a forwarded port, and again after it was closed. */

const freshUrl = (dataDir: string) =>
  execFileSync(process.execPath, ['out/main/cli.js', 'url', '--data', dataDir], { cwd: ROOT, encoding: 'utf8' }).trim();

const isIn = (page: Page) => expect(page.getByRole('button', { name: 'Server', exact: true })).toBeVisible();

async function listening<T extends Server>(server: T): Promise<{ port: number; close: () => void }> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => void server.close() };
}

test('the address lets one browser in, once; a fresh one lets in the next', { tag: '@served' }, async ({
  app,
  dataDir,
  openBrowser,
}) => {
  const stranger = await (await openBrowser()).newPage();
  await stranger.goto(app.firstUrl);
  await expect(stranger.getByRole('heading')).toHaveText('This address does not let anyone in');
  await expect(stranger.locator('body')).toContainText('An address with a token works once');
  const answer = await stranger.goto(app.url);
  expect(answer?.status()).toBe(403);
  await expect(stranger.getByRole('heading')).toHaveText("Shmscope doesn't know this browser");
  await stranger.goto(freshUrl(dataDir));
  await isIn(stranger);
  expect(stranger.url()).toBe(app.url);
  await stranger.context().close();
});

test('a link on another site leads in, and again when the browser is known; its prefetch spends nothing', {
  tag: ['@served', '@exhaustive'],
}, async ({ app, dataDir, openBrowser }) => {
  const url = freshUrl(dataDir);
  const links = `<link rel="prefetch" href="${url}"><a href="${url}">first</a> <a href="${app.url}">again</a>`;
  const other = await listening(
    createServer((_request, response) => response.setHeader('Content-Type', 'text/html').end(links)),
  );
  const page = await (await openBrowser()).newPage();
  await page.goto(`http://localhost:${other.port}/`, { waitUntil: 'networkidle' });
  await page.getByRole('link', { name: 'first' }).click();
  await isIn(page);
  expect(page.url()).toBe(app.url);
  for (const name of ['again', 'first']) {
    await page.goto(`http://localhost:${other.port}/`);
    await page.getByRole('link', { name }).click();
    await isIn(page);
    expect(page.url()).toBe(app.url);
  }
  await page.context().close();
  other.close();
});

test('a browser that was closed comes back by the address without a token', {
  tag: ['@served', '@exhaustive'],
}, async ({ app, dataDir }) => {
  const profile = join(dataDir, 'profile');
  const first = await chromium.launchPersistentContext(profile, chromiumLaunch());
  const page = await first.newPage();
  await page.goto(freshUrl(dataDir));
  await isIn(page);
  await first.close();
  const second = await chromium.launchPersistentContext(profile, chromiumLaunch());
  const again = await second.newPage();
  await again.goto(app.url);
  await isIn(again);
  await second.close();
});

test('a forwarded port leads in under the name and port that the browser knows', {
  tag: ['@served', '@exhaustive'],
}, async ({ app, dataDir, openBrowser }) => {
  const forward = createNetServer((socket) => {
    const there = connect(Number(new URL(app.url).port), '127.0.0.1');
    for (const end of [socket, there]) end.on('error', () => {});
    socket.pipe(there).pipe(socket);
  });
  const { port, close } = await listening(forward);
  const page = await (await openBrowser()).newPage();
  const token = new URL(freshUrl(dataDir)).search;
  await page.goto(`http://localhost:${port}/${token}`);
  await isIn(page);
  expect(page.url()).toBe(`http://localhost:${port}/`);
  await expect(page.getByText(/capturing/)).toBeVisible();
  await page.context().close();
  close();
});

test('over TLS the window works as it does without', { tag: ['@served', '@exhaustive'] }, async ({
  launch,
  dataDir,
  host,
}) => {
  test.skip(host === 'wine', 'its paths are those of Windows');
  const { cert, key } = selfSigned();
  const [certFile, keyFile] = [join(dataDir, 'cert.pem'), join(dataDir, 'key.pem')];
  writeFileSync(certFile, cert);
  writeFileSync(keyFile, key);
  const { page, url } = await launch(['--tls-cert', certFile, '--tls-key', keyFile]);
  expect(url).toMatch(/^https:/);
  await isIn(page);
  await expect(page.getByText(/capturing/)).toBeVisible();
  await page.reload();
  await expect(page.getByText(/capturing/)).toBeVisible();
});
