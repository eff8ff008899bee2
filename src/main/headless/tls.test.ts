import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Services } from '../../shared/api.ts';
import { temporaryFolder } from '../capture/testing.ts';
import { type HeadlessHost, serveHeadless } from '../headless.ts';
import { selfSigned } from './certificate.testing.ts';

let folder: ReturnType<typeof temporaryFolder>;
let host: HeadlessHost;
const tls = selfSigned();

beforeEach(async () => {
  folder = temporaryFolder();
  writeFileSync(join(folder.path, 'index.html'), 'THE WINDOW');
  host = await serveHeadless({
    ...{ services: {} as Services, onState: () => () => {}, kept: async () => ({}), rendererDir: folder.path },
    ...{ port: 0, tls },
  });
});
afterEach(async () => {
  await host.close();
  folder.remove();
});

async function enter(origin: string) {
  const asked = request(host.newUrl(), { method: 'POST', ca: tls.cert, headers: { origin }, agent: false }).end();
  const [response] = await once(asked, 'response');
  response.resume();
  return { status: response.statusCode, cookie: String(response.headers['set-cookie'] ?? '') };
}

test('with a certificate it speaks https, and its cookie goes nowhere else', async () => {
  const { origin } = new URL(host.newUrl());
  expect(origin).toBe(`https://127.0.0.1:${host.port}`);
  const { status, cookie } = await enter(origin);
  expect(status).toBe(303);
  expect(cookie).toMatch(/; SameSite=Lax; Secure$/);
});

test('a page of the same name without TLS is foreign', async () => {
  expect(await enter(`http://127.0.0.1:${host.port}`)).toEqual({ status: 403, cookie: '' });
});

test('the WebSocket goes over TLS too', async () => {
  const { origin } = new URL(host.newUrl());
  const { cookie } = await enter(origin);
  const headers = { cookie: cookie.split(';')[0] ?? '' };
  const socket = new WebSocket(`wss://127.0.0.1:${host.port}/api`, { ca: tls.cert, origin, headers });
  await once(socket, 'open');
  const foreign = new WebSocket(`wss://127.0.0.1:${host.port}/api`, {
    ca: tls.cert,
    origin: 'https://evil.example',
    headers,
  });
  const [, response] = await once(foreign, 'unexpected-response');
  expect(response.statusCode).toBe(403);
  socket.close();
  await once(socket, 'close');
});
