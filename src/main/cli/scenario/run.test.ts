/** `shmscope run`, as built. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { commandLine } from '../testing.ts';

vi.setConfig({ testTimeout: 30_000 });
const { close, file, killAll, run, runtime, start } = commandLine('run');
afterEach(killAll);
afterAll(close);

const scenario = (name: string, text: string): string => {
  writeFileSync(file(name), text);
  return file(name);
};
const PAIR = 'sessions: {us: server, them: client}\ntimeout: 300\n';
const good = () =>
  scenario(
    'good.yaml',
    `${PAIR}name: Good\ntags: [smoke]\nvars: {what: hi}\ndata: [{n1: 1}, {n1: 2}]
steps: [{send: {session: us, text: "{{what}}{{n1}}"}}, {expect: {session: them, regex: "^(hi|hey).$"}}]\n`,
  );
const bad = () =>
  scenario(
    'bad.yaml',
    `${PAIR}steps:
  - send: {session: us, text: "<a>\\u0001]]>"}
  - name: It is b
    expect: {session: them, text: "b & c"}
  - send: {session: us, text: never}\n`,
  );

test('all that pass end with 0, and a line for each row', async () => {
  const { status, output, complaint } = await run('run', good(), '--var', 'what=hey', '--repeat', '2');
  expect([status, complaint]).toEqual([0, '']);
  expect(output.replaceAll(/\d+\.\d+ s/g, 'TIME').split('\n')).toEqual([
    ...['✓ Good [n1=1]  2 steps, TIME', '✓ Good [n1=2]  2 steps, TIME'],
    ...['✓ Good [n1=1]  2 steps, TIME', '✓ Good [n1=2]  2 steps, TIME', '4 passed, 0 failed, 0 skipped', ''],
  ]);
});

test('one that fails ends with 1 and stands in every report, and what is planned behind it is skipped', async () => {
  const [junit, html, json] = ['j.xml', 'r.html', 'r.json'].map(file) as [string, string, string];
  const to = ['--junit', junit, '--html', html, '--json', json, '--github'];
  const { status, output } = await run('run', bad(), good(), '--bail', ...to);
  expect(status).toBe(1);
  expect(output).toContain('bad.yaml:5 ✗ It is b: them expects “b & c”');
  expect(output).toMatch(/^::error file=.*bad\.yaml,line=5,title=bad::them expects .*%0Aexpected: “b & c”%0A/m);
  expect(output).toContain('0 passed, 1 failed, 2 skipped');
  const xml = readFileSync(junit, 'utf8');
  expect(xml).toContain('<testsuites name="shmscope" tests="7" failures="1" errors="0" skipped="5"');
  expect(xml).toMatch(
    /<testcase name="2. It is b" classname="bad" file=".*bad.yaml" line="5" time=".*">\n {6}<failure message="The text differs: expected “b &amp; c”, got “&lt;a&gt;\\u\{1\}\]\]&gt;”. Expected “b &amp; c”; got &lt;a/,
  );
  expect(xml).toMatch(/>The text differs.*\nexpected: “b &amp; c”\nactual: 7 bytes: &lt;a&gt;/);
  expect(xml).toContain('<skipped message="A step before it failed."/>');
  expect(xml).toContain('<skipped message="--bail: bad has failed."/>');
  expect(xml).toContain(`]]>\n[[ATTACHMENT|${html}]]\n[[ATTACHMENT|${json}]]\n</system-out>`);
  expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({ format: 'shmscope-scenarios', failed: 1, skipped: 2 });
  const page = readFileSync(html, 'utf8');
  expect(page).toContain('<td>message</td><td class="passed">b &amp; c</td>');
  expect(page).toMatch(/<svg .*<title>#1 message s2c<\/title>/s);
  expect(page).not.toMatch(/<script|<link|src=|<a>/);
});

test('an anomaly that no step expects ends with 1 and stands in every report', async () => {
  const [junit, html, json] = ['a.xml', 'a.html', 'a.json'].map(file) as [string, string, string];
  const odd = scenario(
    'odd.yaml',
    'sessions: {us: {role: server, overrun: overwrite}, them: client}\nsteps: [{send: {session: us, text: a}}, {send: {session: us, text: b}}]\n',
  );
  const { status, output } = await run('run', odd, '--junit', junit, '--html', html, '--json', json, '--github');
  const words = /us recorded the anomaly overrun in s2c, which no step expects: .*name it in anomalies\./;
  expect(status).toBe(1);
  expect(output).toMatch(new RegExp(`^    ${words.source}$`, 'm'));
  expect(output).toMatch(new RegExp(`^::error file=.*odd\\.yaml,line=1,title=odd::${words.source}$`, 'm'));
  const xml = readFileSync(junit, 'utf8');
  expect(xml).toContain('<testsuites name="shmscope" tests="3" failures="1" errors="0" skipped="0"');
  expect(xml).toMatch(
    /<testcase name="No unexpected anomaly" [^>]*>\n {6}<failure message="us recorded [^"]*" type="anomaly">/,
  );
  expect(readFileSync(html, 'utf8')).toMatch(words);
  const [told] = JSON.parse(readFileSync(json, 'utf8')).scenarios;
  expect(told).toMatchObject({
    state: 'failed',
    anomalies: [{ session: 'us', code: 'overrun', lane: 's2c', count: 1 }],
  });
  expect((await run('run', odd, '--tap')).output).toMatch(
    new RegExp(`not ok 1 - odd\n  ---\n  message: "${words.source}"`),
  );
});

test('what is not valid is told with line and column before anything starts, and ends with 2', async () => {
  const report = file('never.xml');
  const invalid = scenario('invalid.yaml', `${PAIR}steps:\n  - snd: x\n  - expect: {session: them, type: order}\n`);
  const { status, output, complaint } = await run('run', good(), invalid, '--junit', report);
  expect([status, output]).toEqual([2, '']);
  expect(complaint).toContain(
    `${invalid}:4:5: error: “snd” is not a known key. The keys here are: name, send, expect,`,
  );
  expect(existsSync(report)).toBe(false);
  const { complaint: untyped } = await run(
    'run',
    scenario('t.yaml', `${PAIR}steps:\n  - expect: {session: them, type: order}\n`),
  );
  expect(untyped).toContain('t.yaml:4:1: error: The type “order” is not declared.');
});

test.each<[string, () => string[], RegExp]>([
  [
    'a variable that none has',
    () => [good(), '--var', 'waht=x'],
    /--var: No variable is called waht\. Its variables are what, n1\./,
  ],
  ['an option in place of a value', () => [good(), '--junit', '--force'], /--junit needs a value, and --force follows/],
  ['a tag that none has', () => [good(), '--tag', 'x'], /no scenario has the tag x\. The tags are smoke\./],
  ['a report that exists', () => [good(), '--junit', good()], /--junit: .*good\.yaml" exists already .* add --force/],
  [
    'a report in no folder',
    () => [good(), '--html', file('no/r.html')],
    /--html: .* can't be written: there is no folder/,
  ],
])('%s ends with 2', async (_, args, words) => {
  const { status, output, complaint } = await run('run', ...args());
  expect([status, output]).toEqual([2, '']);
  expect(complaint).toMatch(words);
});

test('TAP tells scenarios and their steps, and a report takes the place of the lines', async () => {
  const { output } = await run('run', bad(), '--tap');
  expect(output).toMatch(
    /^TAP version 14\n1\.\.1\n# Subtest: bad\n {4}1\.\.3\n {4}ok 1 - .*\n {4}not ok 2 - It is b\n {4}ok 3 - .* # SKIP A step/,
  );
  const { output: json, complaint } = await run('run', good(), '--tag', 'smoke', '--json', '-');
  expect(JSON.parse(json)).toMatchObject({ passed: 2 });
  expect(complaint).toContain('2 passed, 0 failed, 0 skipped');
});

test('one that is stopped ends with 1, writes its reports, and leaves nothing running', async () => {
  const json = file('stopped.json');
  const long = scenario(
    'long.yaml',
    'sessions: {us: server}\npeers: {p: {bits: 64, behaviour: receive --timeout none}}\nsteps: [{wait: 60000}]\n',
  );
  const { child, exit } = start(['run', long, '--json', json]);
  await expect.poll(() => existsSync(runtime) && readdirSync(runtime).length).toBeGreaterThan(2);
  child.kill('SIGINT');
  expect(await exit).toBe(1);
  const [{ state, steps, peers }] = JSON.parse(readFileSync(json, 'utf8')).scenarios;
  expect([state, steps[0].reason]).toEqual(['cancelled', 'The run was stopped.']);
  if (peers[0].pid !== null) expect(() => process.kill(peers[0].pid, 0)).toThrow('ESRCH');
});
