import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ScenarioReport } from '../../shared/scenario/report.ts';
import { SavedScenario } from '../../shared/scenario/save.ts';
import { builtWorker } from '../built-worker.testing.ts';
import { openProcessControl } from '../kernel/open.ts';
import { PeerRegistry } from '../peers/registry.ts';
import { OTHER_BITS } from '../peers/runs-32-bit.testing.ts';
import { benchForAllTests, openBench } from '../session/testing.ts';
import { TypesCompiler } from '../types/compiler.ts';
import { ChannelClaims } from './channel-names.ts';
import { loadScenario } from './load.ts';
import { runScenario } from './run.ts';

const bench = benchForAllTests();
const compiler = new TypesCompiler(builtWorker('types'));
const claims = new ChannelClaims();
let peers: PeerRegistry;
beforeAll(async () => {
  const roots = [path.join(import.meta.dirname, '../../..')];
  peers = new PeerRegistry({ control: await openProcessControl(), roots, onChange: () => {}, onEnd: () => {} });
});
afterAll(async () => {
  await peers.close();
  await compiler.close();
});

async function load(text: string, file = '/nowhere/test.yaml') {
  const { scenarios, problems } = await loadScenario({ file, text, given: new Map(), compiler });
  expect(problems).toEqual([]);
  return scenarios[0] as NonNullable<(typeof scenarios)[number]>;
}

async function run(text: string, signal = new AbortController().signal, on = bench()): Promise<ScenarioReport> {
  const { kernel, registry: sessions } = on;
  const host = { sessions, peers, platform: kernel.platform, claims };
  return runScenario(await load(text), host, { signal });
}

const states = ({ steps }: ScenarioReport) => steps.map(({ path: at, state, runs }) => `${at} ${state} ${runs}`);
const failures = ({ steps }: ScenarioReport) =>
  steps.flatMap(({ path: at, failure }) => (failure ? [`${at} ${failure.message}`] : []));
const nothingRuns = () =>
  [...bench().registry.snapshots(), ...peers.snapshots()].every(({ state }) => state === 'closed' || state === 'ended');

const PAIR = 'sessions: {us: server, them: client}\ntimeout: 2000\nsteps:\n';

test('steps run in order, variables go from one session to the other, and all is ended', async () => {
  const report = await run(`sessions: {us: server, them: client, look: {role: tap, mode: full}}
steps:
  - send: {session: us, text: "id {{random:8}}", capture: {sent: text}}
  - expect: {session: look, lane: s2c, text: "{{sent}}"}
  - expect: {session: them, regex: "^id (?<id>[0-9a-f]{8})$"}
  - repeat:
      times: 3
      steps:
        - send: {session: them, json: {id: "{{id}}", n: "{{n}}"}}
        - expect: {session: look, lane: c2s, json: {id: "{{id}}", n: "{{n}}"}}
        - expect: {session: us, json: {n: "{{n}}"}, capture: {back: {json: id}}}
  - send: {session: us, text: "{{back}}"}
  - expect: {session: them, text: "{{id}}"}
  - send-close: them
  - expect-exit: us
`);
  expect([report.state, failures(report)]).toEqual(['passed', []]);
  expect(states(report).slice(3, 7)).toEqual(['3 passed 1', '3.0 passed 3', '3.1 passed 3', '3.2 passed 3']);
  const { id, seq } = { id: report.sessions[0]?.id ?? 0, seq: report.steps[6]?.seq ?? -1 };
  expect(new TextDecoder().decode(bench().sink.of(id)[seq]?.bytes)).toMatch(/"n":3/);
  expect(nothingRuns()).toBe(true);
});

test('the first step that fails says why, and those behind it are skipped', async () => {
  const report = await run(`${PAIR}  - send: {session: us, text: '{"a":1,"b":[1,2]}'}
  - within: {ms: 900, steps: [{expect: {session: them, json: {a: 2, b: [1, 3]}}}]}
  - send: {session: us, text: never}
`);
  expect([report.state, report.reason, states(report)]).toEqual([
    'failed',
    null,
    ['0 passed 1', '1 failed 1', '1.0 failed 1', '2 skipped 0'],
  ]);
  expect(report.steps[2]?.failure).toMatchObject({
    message: 'a: expected 2, got 1. 1 more difference.',
    expected: 'JSON with {"a":2,"b":[1,3]}',
    actual: { text: '{"a":1,"b":[1,2]}' },
    diff: [{ path: 'a' }, { path: 'b[1]', expected: '3', actual: '2' }],
  });
  expect(report.steps[3]?.reason).toBe('A step before it failed.');
  expect(nothingRuns()).toBe(true);
});

test.each([
  ['- expect: {session: us, text: x, timeout: 30}', '0 No message for 30 ms.'],
  ['- {send: {session: us, text: x}}\n  - expect-timeout: {session: them, ms: 30}', '1 A message came.'],
  ['- {send: {session: us, text: x}}\n  - expect-nothing: {session: them, ms: 30}', '1 A message came.'],
  ['- expect-exit: {session: us, timeout: 30}', '0 No exit within 30 ms.'],
  [
    '- expect-anomaly: {session: us, anomaly: overrun, timeout: 30}',
    '0 The anomaly overrun was not recorded within 30',
  ],
  ['- {send-close: us}\n  - expect: {session: them, text: a}', '1 The peer sent exit instead of a message.'],
  ['- within: {ms: 40, steps: [{expect: {session: us, text: x}}]}', '0.0 The 40 ms that the steps have together'],
  ['- within: {ms: 40, steps: [{wait: 400}]}', '0 The 40 ms that the steps have together'],
  ['- {stop: us}\n  - send: {session: us, text: x}', '1 us is not open.'],
  ['- start: us', '0 us has already been started.'],
  [
    '- send: {session: us, text: "{{late}}"}\n  - send: {session: us, text: a, capture: {late: text}}',
    '0 The variable “late”',
  ],
  [
    '- {send: {session: us, text: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!}}\n  - expect: {session: them, regex: "^(a+)+$"}',
    '1 /^(a+)+$/u ran for more than 100 ms.',
  ],
])('%s fails with what it is', async (steps, failure) => {
  const report = await run(`${PAIR}  ${steps}`);
  expect(failures(report)).toEqual([expect.stringContaining(failure)]);
  expect(nothingRuns()).toBe(true);
});

test('lists of parallel go on at the same time; when one fails, the others are stopped', async () => {
  const good = await run(`${PAIR}  - parallel:
      - [{expect: {session: us, text: ping}}, {send: {session: us, text: pong}}]
      - [{send: {session: them, text: ping}}, {expect: {session: them, text: pong}}]
`);
  expect(good.state).toBe('passed');
  const bad = await run(`${PAIR}  - parallel:
      - [{expect: {session: us, text: x, timeout: 60000}}]
      - [{wait: 20}, {expect: {session: them, text: x, timeout: 20}}]
`);
  expect(states(bad)).toEqual(['0 failed 1', '0.0.0 skipped 0', '0.1.0 passed 1', '0.1.1 failed 1']);
});

const OVERRUN = `sessions: {us: {role: server, overrun: overwrite}, them: client}
timeout: 2000
steps:
  - {send: {session: us, text: lost}}
  - {send: {session: us, text: kept}}
`;

test('an anomaly that no step expects fails a scenario whose steps have all passed', async () => {
  const report = await run(OVERRUN);
  expect([report.state, states(report)]).toEqual(['failed', ['0 passed 1', '1 passed 1']]);
  const us = report.sessions[0]?.id;
  expect(report.anomalies).toMatchObject([{ session: 'us', id: us, code: 'overrun', lane: 's2c', count: 1 }]);
  expect(report.reason).toMatch(/^us recorded the anomaly overrun in s2c, which no step expects: .*anomalies\.$/s);
  const [{ seq } = { seq: -1 }] = report.anomalies;
  expect(bench().sink.of(us ?? 0)[seq]).toMatchObject({ kind: 'anomaly', code: 'overrun' });
});

test.each([
  ['a step of its channel expects it', `${OVERRUN}  - expect-anomaly: {session: us, anomaly: overrun}\n`],
  ['the scenario names it', `anomalies: [overrun]\n${OVERRUN}`],
  ['the scenario allows all', `anomalies: allow\n${OVERRUN}`],
])('an anomaly does not fail a scenario where %s', async (_why, text) => {
  const report = await run(text);
  expect([report.state, report.anomalies]).toEqual(['passed', []]);
});

const FAULT = `sessions: {us: server}
peers: {p: {bits: ${OTHER_BITS}, fault: bad-length}}
timeout: 2000
steps: [{fault: p}, {expect: {size: 16384}}]
`;

test('a message that does not come is told with the anomalies that came instead', async () => {
  const report = await run(`${OVERRUN}  - expect: {session: us, text: x, timeout: 30}\n`);
  expect(failures(report)).toEqual(['2 No message for 30 ms. Anomalies recorded: overrun.']);
});

test('an anomaly does not fail a scenario that has a fault start on its channel, unless its list says which may be', async () => {
  expect((await run(FAULT)).state).toBe('passed');
  const listed = await run(`anomalies: [overrun]\n${FAULT}`);
  expect([listed.state, listed.anomalies.map(({ code }) => code)]).toEqual(['failed', ['bad-length']]);
});

test('an anomaly of a session that a step has closed counts too', async () => {
  const report = await run(`${OVERRUN}  - stop: us\n`);
  expect([report.state, report.anomalies.length]).toEqual(['failed', 1]);
});

test('messages that a step passes over, and a wait without any', async () => {
  const report = await run(`${PAIR}  - parallel:
      - [{send: {session: us, text: tick}}, {send: {session: us, text: tick}}, {send: {session: us, text: tock}}]
      - [{expect: {session: them, text: tock, skip: true}}]
  - expect-timeout: {session: them, ms: 20}
  - expect-nothing: {session: them, ms: 20}
`);
  expect([report.state, failures(report)]).toEqual(['passed', []]);
});

test('what is saved of a log passes when it is run', async () => {
  const saved = new SavedScenario('tap');
  const message = (lane: 's2c' | 'c2s', text: string) =>
    saved.record({ kind: 'message', lane, code: null, detail: null, bytes: new TextEncoder().encode(text) });
  const exit = saved.record({ kind: 'exit', lane: 's2c', code: null, detail: null, bytes: new Uint8Array() });
  const text = [
    saved.head('x'),
    message('s2c', 'one'),
    message('s2c', 'two\0'),
    message('c2s', ''),
    exit,
    saved.foot(),
  ];
  const report = await run(text.join(''));
  expect([report.state, report.steps.length]).toEqual(['passed', 8]);
});

test('a run that is stopped ends all that it has started', async () => {
  const controller = new AbortController();
  const running = run(`${PAIR}  - expect: {session: us, text: never, timeout: 60000}`, controller.signal);
  setTimeout(() => controller.abort(), 100);
  const report = await running;
  expect([report.state, report.steps[0]?.state, report.steps[0]?.reason]).toEqual([
    ...['cancelled', 'skipped', 'The run was stopped.'],
  ]);
  expect(nothingRuns()).toBe(true);
});

test('two scenarios that name one channel are refused, and those that name none are not', async () => {
  const fixed = 'channels: {main: {section: Local\\fixed}}\nsessions: {us: server}\nsteps: [{wait: 200}]';
  const [one, other] = await Promise.all([run(fixed), run(fixed)]);
  expect([one?.state, other?.state]).toEqual(['passed', 'failed']);
  expect(other?.reason).toBe(
    'The channel “Local\\fixed” is used by /nowhere/test.yaml, which is running. Wait until it has ended, or omit section: each run then gets its own channel.',
  );
  const free = 'sessions: {us: server}\nsteps: [{wait: 50}]';
  expect((await Promise.all([run(free), run(free)])).map(({ state }) => state)).toEqual(['passed', 'passed']);
});

test('a session that fails by itself fails a scenario, whose steps have all passed', async () => {
  const report = await run(`channels: {main: {section: 'Local\\cut'}}
sessions: {us: server}
peers: {p: {program: /bin/sh, args: [-c, 'truncate -s 0 "$SHMSCOPE_RUNTIME_DIR/L.cut" && echo cut'], ready: ^cut$}}
steps: [{wait: 300}]
`);
  expect([report.state, states(report)]).toEqual(['failed', ['0 passed 1']]);
  expect(report.reason).toMatch(/^us failed: .*"Local\\cut"/);
});

test('a fault of a program on the channel is no excuse for a session whose thread dies', async () => {
  const dying = await openBench(new URL('../session/dying-worker.testing.ts', import.meta.url));
  try {
    const report = await run(
      `sessions: {us: server}
peers: {p: {bits: ${OTHER_BITS}, fault: bad-length}}
steps: [{fault: p}, {expect: {size: 16384}}, {send: die}]`,
      undefined,
      dying,
    );
    expect([report.state, report.reason]).toEqual(['failed', expect.stringMatching(/^us failed: .*thread/)]);
  } finally {
    await dying.close();
  }
});

const CRASH =
  'sessions: {us: server}\npeers: {p: {program: /bin/sh, args: [-c, "echo up; kill -SEGV $$"], ready: ^up$}}\n';

test('a program that crashes fails a scenario, unless a step expects its end', async () => {
  const report = await run(`${CRASH}steps: [{wait: 200}]`);
  expect([report.state, report.reason]).toEqual(['failed', 'p had ended: SIGSEGV (access violation).']);
  const restarted = await run(`${CRASH}steps: [{wait: 200}, {stop: p}]`);
  expect([restarted.state, restarted.reason]).toEqual([report.state, report.reason]);
  expect((await run(`${CRASH}steps: [{expect-exit: {peer: p}}]`)).state).toBe('passed');
  const calm = CRASH.replace('kill -SEGV $$', 'exit 0');
  expect((await run(`${calm}steps: [{wait: 200}]`)).state).toBe('passed');
});

test('what can’t be started is told, and nothing of the scenario is left', async () => {
  const missing = await run('sessions: {us: server}\npeers: {p: {program: ./no-such-program}}\nsteps: [{send: x}]');
  expect([missing.state, missing.reason, missing.steps[0]?.state]).toEqual([
    ...['failed', 'There is no file "/nowhere/no-such-program". Check the path, or build the program.', 'skipped'],
  ]);
  const early = await run('sessions: {us: server}\npeers: {p: {bits: 64, behaviour: no-such}}\nsteps: [{send: x}]');
  expect(early.reason).toMatch(/^p ended: exit code 2.* It wrote: /);
  expect(nothingRuns()).toBe(true);
});

test('a program that ends by itself is named where a step fails for it', async () => {
  const report = await run(
    `sessions: {us: server}
peers: {p: {bits: ${OTHER_BITS}, behaviour: "echo --count 1"}}
timeout: 1000
steps: [{send: a}, {expect: a}, {expect-end: x}]`.replace('{expect-end: x}', '{expect: b}'),
  );
  expect(failures(report)).toEqual(['2 No message for 1 s. p had ended: exit code 0 (no error).']);
});
