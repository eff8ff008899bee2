import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { commandLine } from './testing.ts';

// A process starts slowly when all processors are busy.
vi.setConfig({ testTimeout: 60_000 });

const { close, file, killAll, run, start } = commandLine('serve');
afterEach(killAll);
afterAll(close);

const served = async (...args: string[]) => {
  const { child, exit } = start(['serve', '--no-open', '--data', file('served'), ...args]);
  const printed: string[] = [];
  const input = createInterface({ input: child.stdout }).on('line', (line) => printed.push(line));
  const warned = text(child.stderr);
  await expect.poll(() => printed.join()).toContain('Ctrl+C');
  return {
    url: new URL(/http\S+/.exec(printed.join(' '))?.[0] ?? ''),
    end: async () => {
      child.kill('SIGTERM');
      input.close();
      return { status: await exit, warned: await warned };
    },
  };
};
const enter = async (url: string) =>
  (await fetch(url, { method: 'POST', headers: { origin: new URL(url).origin }, redirect: 'manual' })).status;

test('prints an address that lets one in, and url prints another one without an end of the first', async () => {
  const { url, end } = await served('--port', '0');
  expect(await enter(url.href)).toBe(303);
  expect(await enter(url.href)).toBe(403);
  const { status, output } = await run('url', '--data', file('served'));
  expect(status).toBe(0);
  expect(new URL(output.trim()).origin).toBe(url.origin);
  expect(await enter(output.trim())).toBe(303);
  expect((await end()).status).toBe(0);
  expect((await run('url', '--data', file('served'))).status).toBe(1);
});

test('gives one address for each of several on one folder, and forgets one that was killed', async () => {
  const [one, two] = [await served('--port', '0'), await served('--port', '0')];
  const { output } = await run('url', '--data', file('served'));
  const lines = output.trim().split('\n');
  expect(lines.map((line) => new URL(line.split(' ')[0] ?? '').port).sort()).toEqual(
    [one.url.port, two.url.port].sort(),
  );
  killAll();
  await expect.poll(async () => (await run('url', '--data', file('served'))).status).toBe(1);
  expect(readdirSync(file('served/running'))).toEqual([]);
});

test('says where it is in a file of its own, again and again, and replaces no other', async () => {
  const [ready, notes] = [file('ready.json'), file('notes.json')];
  for (let n = 0; n < 2; n++) {
    const { url, end } = await served('--port', '0', '--ready-file', ready);
    expect(JSON.parse(readFileSync(ready, 'utf8'))).toEqual({ url: url.href, pid: expect.any(Number) });
    await end();
  }
  writeFileSync(notes, '{"url": 1}');
  for (const [place, words] of [
    [notes, /exists already, and serve did not write it/],
    [file('served'), /exists already/],
    [file('no/such/folder'), /there is no such folder/],
  ] as const) {
    const { status, complaint } = await run('serve', '--no-open', '--data', file('served'), '--ready-file', place);
    expect([status, complaint]).toEqual([2, expect.stringMatching(words)]);
  }
  expect(readFileSync(notes, 'utf8')).toBe('{"url": 1}');
});

test('warns where it listens to others without TLS, as --insecure asks', async () => {
  const { url, end } = await served('--port', '0', '--host', '0.0.0.0', '--insecure');
  expect(await enter(url.href)).toBe(303);
  expect(await end()).toEqual({ status: 0, warned: expect.stringContaining('Warning: without TLS') });
});
