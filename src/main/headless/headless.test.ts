import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect, createServer as createNetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Services, StateEvent } from '../../shared/api.ts';
import { decodeFrame, encodeFrame } from '../../shared/frame.ts';
import { LARGEST_FRAME, MAX_FRAME } from '../../shared/frame-size.ts';
import type { KeptTexts } from '../../shared/kept.ts';
import { DEFAULT_PORT, type HeadlessHost, serveHeadless } from '../headless.ts';

let root: string;
let host: HeadlessHost;
/** The first address. */
let url: string;
let listeners: Set<(event: StateEvent) => void>;
const kept: KeptTexts = { theme: { text: '"dark"', version: 1 }, sent: { text: '"><{{nonce}}$&amp;', version: 2 } };
const services = { cancelReceive: () => undefined, send: () => ({ seq: 0 }) } as unknown as Services;

const LONE = { services, onState: () => () => {}, kept: async () => kept, port: 0 };
const PAGE = '<html data-theme="{{theme}}"><meta nonce="{{nonce}}">THE WINDOW<meta name="kept" content="{{kept}}">';

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'shmscope-headless-'));
  const rendererDir = join(root, 'renderer');
  mkdirSync(join(rendererDir, 'assets'), { recursive: true });
  writeFileSync(join(root, 'secret.html'), 'SECRET');
  writeFileSync(join(rendererDir, 'index.html'), PAGE);
  writeFileSync(join(rendererDir, 'assets', 'main-a_B.1.js'), 'THE SCRIPT');
  writeFileSync(join(rendererDir, 'notes.txt'), 'NOT SERVED');
  listeners = new Set();
  const onState = (listener: (event: StateEvent) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  host = await serveHeadless({ services, onState, rendererDir, kept: async () => kept, port: 0 });
  url = host.newUrl();
});

afterEach(async () => {
  await host.close();
  rmSync(root, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends `path` unchanged, unlike fetch. */
async function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const request = httpRequest({ host: '127.0.0.1', port: host.port, path, method, headers, agent: false }).end();
  const [response] = await once(request, 'response');
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

const tokenPath = () => url.slice(new URL(url).origin.length);
/** What the page that the address leads to does by itself. */
const enter = () => ask(tokenPath(), { origin: new URL(url).origin }, 'POST');

async function logIn(): Promise<string> {
  const { headers } = await enter();
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

describe('the token', () => {
  test('has 256 random bits', () => {
    expect(new URL(url).searchParams.get('token')).toMatch(/^[\w-]{43}$/);
  });

  test('is changed for a cookie that scripts and other sites never see, and a closed browser still has', async () => {
    const { status, headers } = await enter();
    expect(status).toBe(303);
    expect(headers.location).toBe('/');
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(/^shmscope-\d+-[\da-f]{8}=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/),
    ]);
  });

  test('is no longer in the cookie', async () => {
    const token = new URL(url).searchParams.get('token');
    expect(await logIn()).not.toContain(token);
  });

  test('works once; then a page says how to get a new one, which works', async () => {
    await logIn();
    for (const { status, headers, body } of [await ask(tokenPath()), await enter()]) {
      expect(status).toBe(403);
      expect(headers['set-cookie']).toBeUndefined();
      expect(body).toContain('works once');
      expect(body).toContain('shmscope url');
    }
    url = host.newUrl();
    expect(await enter()).toMatchObject({ status: 303 });
  });

  test('leaves the other addresses that were given out good, up to eight', async () => {
    const more = Array.from({ length: 8 }, () => host.newUrl());
    expect(await enter()).toMatchObject({ status: 403 });
    for (const one of more) {
      url = one;
      expect(await enter()).toMatchObject({ status: 303 });
    }
  });

  test('brings the browser that used it back to the first page', async () => {
    const cookie = await logIn();
    expect(await ask(tokenPath(), { cookie })).toMatchObject({ status: 303, headers: { location: '/' } });
  });

  test('is not used up by who only looks at it', async () => {
    const looks: [string, Record<string, string>][] = [
      ['GET', {}],
      ['HEAD', {}],
      ['GET', { 'user-agent': 'LinkPreview/1.0' }],
    ];
    for (const [method, headers] of looks) {
      const answer = await ask(tokenPath(), headers, method);
      expect(answer, method).toMatchObject({ status: 200 });
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    expect(await enter()).toMatchObject({ status: 303 });
  });

  test.each([
    ['Sec-Purpose', 'prefetch'],
    ['Sec-Purpose', 'prefetch;prerender'],
    ['Purpose', 'prefetch'],
    ['X-Purpose', 'preview'],
    ['X-Moz', 'prefetch'],
  ])('is not used up, nor answered with a page, where %s says %s', async (name, value) => {
    const headers = { [name]: value, origin: new URL(url).origin };
    for (const method of ['GET', 'POST'])
      expect(await ask(tokenPath(), headers, method)).toMatchObject({ status: 503 });
    expect(await enter()).toMatchObject({ status: 303 });
  });

  test('is not taken from a page of another origin', async () => {
    for (const headers of [{}, { origin: 'null' }, { origin: 'http://evil.example' }] as Record<string, string>[])
      expect(await ask(tokenPath(), headers, 'POST')).toMatchObject({ status: 403 });
    expect(await enter()).toMatchObject({ status: 303 });
  });

  test('leads to a page that runs nothing but its own script, and keeps the address to itself', async () => {
    const { headers, body } = await ask(tokenPath());
    const nonce = /<script nonce="([\w+/=]{24})">/.exec(body)?.[1];
    expect(headers['content-security-policy']).toContain(`script-src 'nonce-${nonce}'; form-action 'self'`);
    expect(headers['referrer-policy']).toBe('same-origin');
    expect(headers['cache-control']).toBe('no-store');
  });

  test('lets nobody in when wrong, and stays good for the right one', async () => {
    for (const wrong of ['', 'x', 'A'.repeat(43)]) {
      const headers = { origin: new URL(url).origin };
      for (const method of ['GET', 'POST'])
        expect(await ask(`/?token=${wrong}`, headers, method), wrong).toMatchObject({ status: 403 });
    }
    expect(await enter()).toMatchObject({ status: 303 });
  });
});

describe('the files', () => {
  test('nothing is served without the cookie', async () => {
    for (const path of ['/', '/index.html', '/assets/main-a_B.1.js', '/none']) {
      const { status, body } = await ask(path, { cookie: `shmscope-${host.port}=${'A'.repeat(43)}` });
      expect(status, path).toBe(403);
      expect(body, path).toContain("doesn't know this browser");
    }
  });

  test('the first page carries the nonce of its own policy, new each time', async () => {
    const cookie = await logIn();
    const nonces = new Set<string>();
    for (let i = 0; i < 2; i++) {
      const { status, headers, body } = await ask('/', { cookie });
      expect(status).toBe(200);
      const nonce = /nonce="([\w+/=]{24})">THE WINDOW/.exec(body)?.[1] ?? '';
      expect(headers['content-security-policy']).toContain(`'nonce-${nonce}'`);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(2);
  });

  test('the first page begins with what the user has kept, whatever is in it', async () => {
    const { body } = await ask('/', { cookie: await logIn() });
    expect(body).toContain('<html data-theme="dark">');
    const json = /<meta name="kept" content="([^"<]*)">$/.exec(body)?.[1] ?? '';
    const characters: Record<string, string> = { '&quot;': '"', '&lt;': '<', '&amp;': '&' };
    expect(JSON.parse(json.replaceAll(/&\w+;/g, (name) => characters[name] ?? ''))).toEqual(kept);
  });

  test('every answer carries the security headers, refusals too', async () => {
    const cookie = await logIn();
    for (const { headers } of [await ask('/', { cookie }), await ask('/'), await ask('/none', { cookie })]) {
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringMatching(/^default-src 'none'.*frame-ancestors 'none'/),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      });
    }
  });

  test('are served with their type; a HEAD gets the headers alone', async () => {
    const cookie = await logIn();
    const script = await ask('/assets/main-a_B.1.js?v=1', { cookie });
    expect(script).toMatchObject({ status: 200, body: 'THE SCRIPT' });
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(await ask('/assets/main-a_B.1.js', { cookie }, 'HEAD')).toMatchObject({
      status: 200,
      body: '',
      headers: { 'content-length': '10' },
    });
  });

  test.each([
    '/../secret.html',
    '/assets/../../secret.html',
    '/%2e%2e/secret.html',
    '/..%2fsecret.html',
    '/assets%2f..%2f..%2fsecret.html',
    '/..%5csecret.html',
    '/..\\secret.html',
    '/%252e%252e%252fsecret.html',
    '//../secret.html',
    '/assets//../../secret.html',
    '/C:/secret.html',
    '/index.html::$DATA',
    '/index.html%00.js',
    '/%',
    '/notes.txt',
    '/assets',
    '/assets/',
  ])('%s leads nowhere', async (path) => {
    const { status, body } = await ask(path, { cookie: await logIn() });
    expect(status).toBe(404);
    expect(body).not.toContain('SECRET');
  });

  test('an address that is none is refused', async () => {
    expect(await ask('http://[', { cookie: await logIn() })).toMatchObject({ status: 400 });
  });
});

describe('foreigners', () => {
  test.each([
    'evil.example',
    'evil.example:80',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example@127.0.0.1',
    '192.0.2.1',
    '[2001:db8::1]',
    '[::ffff:192.0.2.1]',
    '0.0.0.0',
    'local host',
  ])('the name "%s" is not answered to, even with the cookie', async (name) => {
    const cookie = await logIn();
    const { status, body } = await ask('/', { host: name, cookie });
    expect(status).toBe(403);
    expect(body).toContain("doesn't accept this host name");
  });

  test.each([
    ...['127.0.0.1', '127.0.0.2', 'localhost', 'LOCALHOST', 'localhost.', 'lab.localhost'],
    ...['[::1]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]'],
  ])('loopback is answered to as %s, under any port that is forwarded to it', async (name) => {
    const cookie = await logIn();
    for (const at of [name, `${name}:${host.port}`, `${name}:9000`])
      expect(await ask('/', { host: at, cookie }), at).toMatchObject({ status: 200 });
  });

  test('a forwarded port lets in under its own origin, and under no other', async () => {
    const at = 'localhost:9000';
    expect(await ask(tokenPath(), { host: at, origin: url }, 'POST')).toMatchObject({ status: 403 });
    expect(await ask(tokenPath(), { host: at, origin: 'http://localhost:9001' }, 'POST')).toMatchObject({
      status: 403,
    });
    expect(await ask(tokenPath(), { host: at, origin: `http://${at}` }, 'POST')).toMatchObject({ status: 303 });
  });

  test('further names are answered to where they were allowed, through a proxy with TLS too', async () => {
    const lab = await serveHeadless({ ...LONE, rendererDir: root, names: ['lab.example'] });
    url = lab.newUrl();
    const path = tokenPath();
    const at = async (name: string, origin: string) => {
      const headers = { host: name, origin };
      const request = httpRequest({ host: '127.0.0.1', port: lab.port, path, method: 'POST', headers, agent: false });
      const [response] = await once(request.end(), 'response');
      response.resume();
      return response.statusCode;
    };
    expect(await at('other.example', 'http://other.example')).toBe(403);
    expect(await at('lab.example', 'https://other.example')).toBe(403);
    expect(await at('Lab.Example:8443', 'https://lab.example:8443')).toBe(303);
    await lab.close();
  });

  test('only GET and HEAD are known', async () => {
    const cookie = await logIn();
    const origin = `http://127.0.0.1:${host.port}`;
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      const answer = await ask('/', { cookie, origin }, method);
      expect(answer, method).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
    }
  });

  test('a POST of another origin, or of none, is refused as foreign', async () => {
    const cookie = await logIn();
    for (const headers of [{ cookie }, { cookie, origin: 'http://evil.example' }, { cookie, origin: 'null' }]) {
      expect(await ask('/', headers as Record<string, string>, 'POST')).toMatchObject({ status: 403 });
    }
  });
});

describe('the WebSocket', () => {
  interface Upgrade {
    readonly cookie?: string;
    readonly origin?: string;
    readonly host?: string;
    readonly path?: string;
  }

  function dial({ cookie = '', origin = new URL(url).origin, path = '/api', ...rest }: Upgrade): WebSocket {
    const headers = { ...(cookie && { cookie }), ...(rest.host && { host: rest.host }) };
    return new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers, ...(origin && { origin }) });
  }

  async function connected(): Promise<WebSocket> {
    const socket = dial({ cookie: await logIn() });
    await once(socket, 'open');
    return socket;
  }

  const refusal = async (socket: WebSocket) => {
    const [, response] = await once(socket, 'unexpected-response');
    return { status: response.statusCode, body: await text(response) };
  };

  test.each([
    ['without the cookie', { cookie: '' }, "doesn't know this browser"],
    ['from a foreign page', { origin: 'http://evil.example' }, 'other origins'],
    ['from a page without an origin', { origin: 'null' }, 'other origins'],
    ['without an Origin header', { origin: '' }, 'other origins'],
    ['under a foreign name', { host: 'evil.example' }, 'this host name'],
    [
      'under a foreign name that its page has too',
      { host: 'evil.example', origin: 'http://evil.example' },
      'this host name',
    ],
    ['at another path', { path: '/other' }, 'no WebSocket here'],
  ])('is refused %s', async (_how, upgrade, sentence) => {
    const cookie = await logIn();
    const { status, body } = await refusal(dial({ cookie, ...upgrade }));
    expect(status).toBe(403);
    expect(body).toContain(sentence);
  });

  const closed = async (socket: WebSocket) => {
    const [code, reason] = await once(socket, 'close');
    return { code, reason: String(reason) };
  };

  test.each([
    ['no MessagePack', new Uint8Array([0xc1]), 1007],
    ['nothing', new Uint8Array(), 1007],
    ['a value cut short', encodeFrame({ id: 1, method: 'info', args: [] }).subarray(0, -1), 1007],
    ['two values', new Uint8Array([...encodeFrame(1), ...encodeFrame(2)]), 1007],
    ['an array that claims 4 Gi entries', new Uint8Array([0xdd, 0xff, 0xff, 0xff, 0xff]), 1009],
    ['a __proto__ key', new Uint8Array([0x81, 0xa9, ...new TextEncoder().encode('__proto__'), 0x80]), 1007],
    ['no request', encodeFrame({ hello: 'world' }), 1008],
    ['a request with an id that is none', encodeFrame({ id: 'x', method: 'info', args: [] }), 1008],
    ['a request with something added', encodeFrame({ id: 1, method: 'info', args: [], more: 1 }), 1008],
    ['text', 'hello', 1003],
    ['more values than a call has', encodeFrame({ id: 1, method: 'send', args: [1, Array(100_000).fill(0)] }), 1009],
    ['more text than a call has', encodeFrame({ id: 1, method: 'send', args: [1, 'x'.repeat(MAX_FRAME + 1)] }), 1009],
    ['a large call that is no send', encodeFrame({ id: 1, method: 'info', args: [new Uint8Array(MAX_FRAME)] }), 1009],
  ])('is closed with a reason on a frame with %s; others go on', async (_what, frame, code) => {
    const cookie = await logIn();
    const [good, bad] = [dial({ cookie }), dial({ cookie })];
    await Promise.all([once(good, 'open'), once(bad, 'open')]);
    bad.send(frame);
    const end = await closed(bad);
    expect(end.code).toBe(code);
    expect(end.reason).not.toBe('');
    good.send(encodeFrame({ id: 5, method: 'cancelReceive', args: [1] }));
    const [answer] = await once(good, 'message');
    expect(decodeFrame(Uint8Array.from(answer).buffer)).toMatchObject({ id: 5, result: { ok: true } });
  });

  test('refuses for good: a stranger that stays on the line is hung up on', async () => {
    const socket = connect({ port: host.port, host: '127.0.0.1', allowHalfOpen: true });
    socket.write(
      `GET /api HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    const [refusal] = await once(socket, 'data');
    expect(String(refusal)).toMatch(/^HTTP\/1.1 403 /);
    // Nothing else tells a half-open socket about its end.
    const end = once(socket, 'error');
    const talk = setInterval(() => socket.write('hello'), 5);
    await end.finally(() => clearInterval(talk));
  });

  test('is closed on a frame that announces more than the largest send, before it is read', async () => {
    const cookie = await logIn();
    const socket = connect(host.port, '127.0.0.1');
    const origin = new URL(url).origin;
    const lines = ['GET /api HTTP/1.1', `Host: 127.0.0.1:${host.port}`, `Origin: ${origin}`, `Cookie: ${cookie}`];
    const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
    socket.write(`${[...lines, ...upgrade, 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='].join('\r\n')}\r\n\r\n`);
    await once(socket, 'data');
    const header = Buffer.alloc(14);
    header.writeUInt16BE(0x82ff, 0);
    header.writeBigUInt64BE(BigInt(LARGEST_FRAME + 1), 2);
    socket.write(header);
    const [close] = await once(socket, 'data');
    expect([close[0], close.readUInt16BE(2)]).toEqual([0x88, 1009]);
    socket.destroy();
  });

  test('tells each page the latest state once a backlog is written, and none of those before it', async () => {
    const socket = await connected();
    const seen: number[] = [];
    socket.binaryType = 'arraybuffer';
    const last = new Promise<void>((resolve) => {
      socket.on('message', (data: ArrayBuffer) => {
        const { state } = decodeFrame(data) as { state: { n: number } };
        seen.push(state.n);
        if (state.n === 999) resolve();
      });
    });
    socket.pause();
    const filler = new Uint8Array(1024 * 1024);
    for (let n = 0; n < 1000; n++) {
      for (const listener of listeners) listener({ n, filler } as unknown as StateEvent);
    }
    socket.resume();
    await last;
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.length).toBeLessThan(20);
  });

  test('a page that leaves hears no states any more', async () => {
    const socket = await connected();
    expect(listeners.size).toBe(1);
    socket.close();
    await closed(socket);
    await expect.poll(() => listeners.size).toBe(0);
  });

  test('every page is reported when the host closes', async () => {
    const socket = await connected();
    const end = closed(socket);
    await host.close();
    expect(await end).toEqual({ code: 1001, reason: 'Shmscope is closing.' });
  });
});

test('a port that is taken is refused with the cure', async () => {
  const second = serveHeadless({ ...LONE, rendererDir: root, port: host.port });
  await expect(second).rejects.toMatchObject({ code: 'os-error', message: expect.stringContaining('--port') });
});

test('an address that is not of this machine is refused with the cure', async () => {
  const second = serveHeadless({ ...LONE, rendererDir: root, host: '192.0.2.1' });
  await expect(second).rejects.toMatchObject({ code: 'os-error', message: expect.stringContaining('--host') });
});

test('without a port it is at any free one where the usual one is taken', async () => {
  const other = createNetServer().listen(DEFAULT_PORT, '127.0.0.1');
  // If that fails, another program has taken it already.
  await once(other, 'listening').catch(() => {});
  const { port: _any, ...usual } = LONE;
  const host = await serveHeadless({ ...usual, rendererDir: root });
  expect(host.port).not.toBe(DEFAULT_PORT);
  await host.close();
  other.close();
});

test('two hosts on one machine use cookies of different names', async () => {
  const second = await serveHeadless({ ...LONE, rendererDir: root });
  const headers = { origin: new URL(second.newUrl()).origin };
  const answer = await fetch(second.newUrl(), { method: 'POST', headers, redirect: 'manual' });
  expect(answer.headers.get('set-cookie')?.split('=')[0]).not.toBe((await logIn()).split('=')[0]);
  await second.close();
});
