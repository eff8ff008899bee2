import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../capture/testing.ts';
import { askForUrls, serveUrlRequests } from './url-requests.ts';

let folder: ReturnType<typeof temporaryFolder>;
let close: () => Promise<void>;
let given = 0;
beforeEach(async () => {
  folder = temporaryFolder();
  given = 0;
  close = await serveUrlRequests(folder.path, () => `http://127.0.0.1:1/?token=${++given}`);
});
afterEach(async () => {
  await close();
  folder.remove();
});

const running = () => join(folder.path, 'running');
const ours = () => join(running(), `${process.pid}.json`);
const desk = () => JSON.parse(readFileSync(ours(), 'utf8')) as { pid: number; port: number; secret: string };

test('each question is answered with a fresh address', async () => {
  expect(await askForUrls(folder.path)).toEqual([{ pid: process.pid, url: 'http://127.0.0.1:1/?token=1' }]);
  expect(await askForUrls(folder.path)).toEqual([{ pid: process.pid, url: 'http://127.0.0.1:1/?token=2' }]);
});

test.skipIf(process.platform === 'win32')('only this user can read how to ask', () => {
  expect(statSync(ours()).mode & 0o777).toBe(0o600);
  expect(statSync(running()).mode & 0o777).toBe(0o700);
});

test('who does not know the secret, or never comes to the point, gets nothing', async () => {
  for (const said of ['\n', `${'A'.repeat(43)}\n`, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', 'x'.repeat(2000)]) {
    const socket = connect(desk().port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(said);
    expect(await text(socket).catch(() => '')).toBe('');
  }
  expect(given).toBe(0);
});

test('what dead processes and others have left is passed over, and removed where nobody answers', async () => {
  const taken = createServer((socket) => socket.end('no address\n')).listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const foreign = { pid: 2, port: (taken.address() as { port: number }).port, secret: 'x' };
  writeFileSync(join(running(), '1.json'), JSON.stringify({ pid: 1, port: 1, secret: 'x' }));
  writeFileSync(join(running(), '2.json'), JSON.stringify(foreign));
  writeFileSync(join(running(), '3.json'), '{"half');
  writeFileSync(join(running(), 'notes.txt'), '');
  expect(await askForUrls(folder.path)).toHaveLength(1);
  expect(readdirSync(running()).sort()).toEqual(['2.json', '3.json', `${process.pid}.json`, 'notes.txt'].sort());
  taken.close();
});

test('several processes on one folder all answer', async () => {
  writeFileSync(join(running(), '7.json'), JSON.stringify({ ...desk(), pid: 7 }));
  expect((await askForUrls(folder.path)).map(({ pid }) => pid).sort()).toEqual([7, process.pid].sort());
});

test('when it ends nothing of it is left, and a folder that was never served has nobody', async () => {
  await close();
  expect(readdirSync(running())).toEqual([]);
  expect(await askForUrls(folder.path)).toEqual([]);
  expect(await askForUrls(join(folder.path, 'none'))).toEqual([]);
  close = async () => {};
});
