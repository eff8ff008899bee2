import { METHOD_NAMES } from '../src/shared/api.ts';
import { expect, test } from './fixtures.ts';

test('the window loads and knows its host', async ({ app, page, host }) => {
  await expect(page).toHaveTitle(/Shmscope/);
  await expect(page.locator('#root')).not.toBeEmpty();
  expect(page.url()).toBe(app.url);
  const kernel = host === 'wine' || host === 'windows' || process.platform === 'win32' ? 'kernel32' : 'posix';
  await expect(page.getByText(kernel).first()).toBeVisible();
});

test('the policy lets styles in by a nonce that is new at each load, and nothing in the window breaks it', async ({
  app,
  page,
}) => {
  const policies = new Set<string>();
  for (let load = 0; load < 2; load++) {
    const response = await page.reload();
    const policy = (await response?.headerValue('content-security-policy')) ?? '';
    const nonce = await page.evaluate('document.querySelector("meta[property=csp-nonce]").nonce');
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(policy).toContain("default-src 'none'");
    policies.add(policy);
  }
  expect(policies.size).toBe(2);
  await expect(page.locator('#root')).not.toBeEmpty();
  expect(app.problems).toEqual([]);
});

/** Runs in the page: injects a style and a script, as a hole in the window would. */
const BREAK_IN = `(() => {
  const style = document.createElement('style');
  style.textContent = '#root { display: none }';
  const script = document.createElement('script');
  script.textContent = 'globalThis.wasRun = true';
  document.head.append(style, script);
  return { display: getComputedStyle(document.querySelector('#root')).display, wasRun: 'wasRun' in globalThis };
})()`;

test('a style without the nonce and a script that was put in do nothing, and both are reported', async ({
  app,
  page,
}) => {
  expect(await page.evaluate(BREAK_IN)).toEqual({ display: expect.not.stringMatching('none'), wasRun: false });
  await expect.poll(() => app.problems).toHaveLength(2);
  app.problems.length = 0;
});

test('the page can load nothing from elsewhere', async ({ app, page }) => {
  expect(await page.evaluate(`fetch('https://example.com/').then(() => 'loaded', () => 'refused')`)).toBe('refused');
  await expect.poll(() => app.problems.join()).toContain('connect-src');
  app.problems.length = 0;
});

test("the page can't leave for another address, open a window or frame one", { tag: '@app' }, async ({ app, page }) => {
  await page.evaluate(`location.href = 'https://example.com/'`);
  await page.evaluate(`void window.open('https://example.com/')`);
  await page.evaluate(
    `document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://example.com/' }))`,
  );
  const answer = await page.evaluate('shmscope.info()');
  expect(answer).toMatchObject({ ok: true, value: { host: 'electron' } });
  expect(page.url()).toBe(app.url);
  await expect.poll(() => page.context().pages().length).toBe(1);
  expect(
    page
      .frames()
      .slice(1)
      .map((frame) => frame.url()),
  ).not.toContain('https://example.com/');
  app.problems.length = 0;
});

test('the page has the contract and nothing of Node.js or Electron', { tag: '@app' }, async ({ page }) => {
  const found = await page.evaluate(`({
    globals: ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in globalThis),
    keys: Object.keys(shmscope),
    frozen: Object.isFrozen(shmscope) && Object.isFrozen(shmscope.send),
  })`);
  expect(found).toEqual({ globals: [], keys: [...METHOD_NAMES, 'onState'], frozen: true });
});

test('bytes cross between page and host whole, and a listener is undone at once', { tag: '@app' }, async ({
  page,
  names,
}) => {
  const { section, eventS2c, eventC2s } = names;
  const channel = { section, eventS2c, eventC2s };
  const options = {
    ...{ ...channel, kind: 'endpoint', role: 'server', layout: 'sized' },
    ...{ bufferSize: 4096, takeOver: false, overrun: 'refuse' },
  };
  const found = await page.evaluate(`(async () => {
    const undo = shmscope.onState(() => {});
    const undone = undo();
    const { value: session } = await shmscope.open(${JSON.stringify({ ...options, receive: null })});
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    const { value: sent } = await shmscope.send(session.id, bytes.subarray(1));
    const query = { session: session.id, seq: sent.seq, offset: 0, length: 256 };
    const { value: payload } = await shmscope.payload(query);
    return { kind: payload.constructor === Uint8Array, bytes: [...payload], failure: session.failure, undone: String(undone) };
  })()`);
  const bytes = Array.from({ length: 255 }, (_, i) => i + 1);
  expect(found).toEqual({ kind: true, bytes, failure: null, undone: 'undefined' });
});

test('native peers of both bitnesses meet under names that the host could use too', async ({ peer, names }) => {
  const server = await peer('x64', ['server', ...names.peerArgs, 'receive']);
  await server.waitFor('ready');
  const client = await peer('any', ['client', ...names.peerArgs, 'send', 'hello']);
  await server.waitFor('message 5 68656c6c6f');
  expect(await Promise.all([server.exited, client.exited])).toEqual([0, 0]);
});
