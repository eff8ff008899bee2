import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Services } from '../../shared/api.ts';
import { temporaryFolder } from '../capture/testing.ts';
import { type HeadlessHost, serveHeadless } from '../headless.ts';

const NAME = 'Прайс-20251231-235959.html';
const CONTENT = '<script>alert(1)</script>';

let folder: ReturnType<typeof temporaryFolder>;
let host: HeadlessHost;
let cookie: string;

beforeEach(async () => {
  folder = temporaryFolder();
  const exportsDir = join(folder.path, 'exports');
  mkdirSync(exportsDir);
  writeFileSync(join(exportsDir, NAME), CONTENT);
  writeFileSync(join(exportsDir, 'empty.csv'), '');
  writeFileSync(join(exportsDir, '.job-1-00.part'), 'half');
  writeFileSync(join(folder.path, 'secret.txt'), 'secret');
  symlinkSync(join(folder.path, 'secret.txt'), join(exportsDir, 'link.csv'));
  mkdirSync(join(exportsDir, 'folder.csv'));
  host = await serveHeadless({
    services: {} as Services,
    onState: () => () => {},
    rendererDir: folder.path,
    kept: async () => ({}),
    port: 0,
    exportsDir,
  });
  const url = host.newUrl();
  const headers = { origin: new URL(url).origin };
  const welcome = await fetch(url, { method: 'POST', headers, redirect: 'manual' });
  cookie = welcome.headers.get('set-cookie')?.split(';')[0] ?? '';
});

afterEach(async () => {
  await host.close();
  folder.remove();
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** `path` unchanged: fetch would normalise it. */
function get(path: string, headers: Record<string, string> = { cookie }, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ port: host.port, host: '127.0.0.1', path, method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts).toString() }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

const path = (name: string) => `/exports/${encodeURIComponent(name)}`;

test('an export is saved by the browser and never shown', async () => {
  const { status, headers, body } = await get(path(NAME));
  expect([status, body]).toEqual([200, CONTENT]);
  expect(headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-length': String(CONTENT.length),
    'content-disposition': `attachment; filename="_____-20251231-235959.html"; filename*=UTF-8''${encodeURIComponent(NAME)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'no-store',
  });
});

test('an empty export is saved too, and HEAD tells its size without it', async () => {
  expect(await get(path('empty.csv'))).toMatchObject({ status: 200, body: '' });
  const head = await get(path(NAME), { cookie }, 'HEAD');
  expect([head.status, head.headers['content-length'], head.body]).toEqual([200, String(CONTENT.length), '']);
});

test('nobody without the cookie gets one', async () => {
  expect(await get(path(NAME), {})).toMatchObject({ status: 403, body: expect.not.stringContaining(CONTENT) });
  expect((await get(path(NAME), { cookie, host: 'evil.example' })).status).toBe(403);
});

test.each([
  '/exports/../secret.txt',
  '/exports/..%2fsecret.txt',
  '/exports/%2e%2e%2fsecret.txt',
  '/exports/..%5csecret.txt',
  '/exports/%00',
  '/exports/link.csv',
  '/exports/folder.csv',
  '/exports/.job-1-00.part',
  '/exports/',
  '/exports//etc/passwd',
  '/exports/%ff',
  '/exports/a%0d%0aX: y',
  '/exports/missing.csv',
])('%s names no export', async (hostile) => {
  const { status, body } = await get(hostile.replace(' ', '%20'));
  expect([400, 404]).toContain(status);
  expect(body).not.toMatch(/secret|half/);
});
