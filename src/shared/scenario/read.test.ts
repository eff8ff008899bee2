import { describe, expect, test } from 'vitest';
import { eachStep } from './model.ts';
import { payloadBytes } from './payload.ts';
import { readScenario } from './read.ts';
import type { Value } from './schema-words.ts';
import { readGiven } from './variables.ts';

const told = (text: string, given?: Map<string, string>) =>
  readScenario(text, 's.yaml', given).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);

describe('a scenario', () => {
  test('is read with what it leaves out, once for each row of its table', () => {
    const { scenarios, problems } = readScenario(
      `tags: [smoke]
vars: { hello: "Hello {{who}}", who: all }
data: [{ bits: 32 }, { bits: 64, who: you }]
sessions: { us: server, look: { role: tap, layout: auto } }
peers: { echo: { bits: "{{bits}}", role: client, behaviour: echo } }
steps:
  - send: "{{hello}} {{uuid}}"
  - repeat: { times: "{{bits}}", steps: [{ expect: { session: look, json: { n: "{{bits}}" } } }] }
  - expect-exit: echo
`,
      'dir/echo.yaml',
    );
    expect(problems).toEqual([]);
    expect(scenarios.map(({ row }) => row?.number)).toEqual([1, 2]);
    expect(scenarios[1]).toMatchObject({
      name: 'echo',
      timeoutMs: 5000,
      channels: { main: {} },
      peers: { echo: { bits: 64 } },
    });
    expect(scenarios[1]?.steps).toMatchObject([
      { do: 'send', session: 'us', payload: { text: 'Hello you {{uuid}}' }, line: 7 },
      { do: 'repeat', times: 64, steps: [{ path: '1.0', session: 'look', expected: { json: { n: 64 } } }] },
      { do: 'expect-end', peer: 'echo' },
    ]);
    expect([...eachStep(scenarios[0]?.steps ?? [])].map(({ step }) => step.path)).toEqual(['0', '1', '1.0', '2']);
  });

  test('sends and keeps whole numbers to the last digit, and refuses those that JSON has not', () => {
    const head = 'vars: {id: 9007199254740993}\nsessions: {us: server}\nsteps:\n';
    const payload = (json: string, given?: Map<string, Value>) => {
      const [scenario] = readScenario(`${head}  - send: {json: ${json}}`, 's.yaml', given).scenarios;
      const [step] = scenario?.steps ?? [];
      return step?.do === 'send' ? new TextDecoder().decode(payloadBytes(step.payload)) : step;
    };
    expect(payload('{id: 18446744073709551615, of: [1, -0.5, 0x10], s: "9007199254740993"}')).toBe(
      '{"id":18446744073709551615,"of":[1,-0.5,16],"s":"9007199254740993"}',
    );
    expect(payload('{id: "{{id}}", text: "no {{id}}"}')).toBe('{"id":9007199254740993,"text":"no 9007199254740993"}');
    const given = readGiven('id=-9223372036854775808') as [string, Value];
    expect(payload('["{{id}}"]', new Map([given]))).toBe('[-9223372036854775808]');
    expect([readGiven('x=Infinity'), readGiven('x=007')]).toEqual([
      ['x', 'Infinity'],
      ['x', '007'],
    ]);
    for (const json of ['.inf', '[1e400]', '{a: .nan}'])
      expect(told(`${head}  - send: {json: ${json}}`)).toEqual([expect.stringContaining('JSON has no number')]);
  });

  test('has the variables that it declares or names, and none that are made again', () => {
    const text =
      'vars: {a: x}\nsessions: {us: server}\nsteps: [{send: "{{a}}{{b}}{{time}}{{random:4}}{{random}}"}, {repeat: {times: 2, steps: [{send: "{{n}}"}]}}]';
    expect(readScenario(text, 's').variables).toEqual(['a', 'b']);
  });

  test('takes variables from outside before its own', () => {
    const text = 'vars: {a: x}\nsessions: {us: server}\nsteps: [{send: "{{a}}{{b}}"}]';
    expect(told(text)).toEqual([
      '3:16 There is no variable “b”. Add it to vars, give it with --var b=…, or keep it with capture.',
    ]);
    const { scenarios } = readScenario(
      text,
      's',
      new Map([
        ['a', '1'],
        ['b', '2'],
      ]),
    );
    expect(scenarios[0]?.steps).toMatchObject([{ payload: { text: '12' } }]);
    expect([readGiven('a=b=c'), readGiven('n=5'), readGiven('x')]).toEqual([
      ['a', 'b=c'],
      'n is reserved. Choose another name.',
      expect.any(String),
    ]);
  });
});

const PARTS = 'sessions: {us: server, tap: tap}\npeers: {p: {bits: 32}}\nsteps:\n';
test.each([
  ['steps: [', '1:9'],
  ['', '1:1 A scenario is a map'],
  ['[a]', '1:1 A scenario is a map'],
  ['sessions: {us: server}', '1:1 “steps” is missing.'],
  ['sessions: ~\nsteps: [{wait: 1}]', '1:11 This has to be a map: keys with their values.'],
  ['steps: [{wait: 1}]\n---\nsteps: [{wait: 1}]', '2:1 Another document starts here (---).'],
  ['steps: [{wait: 1}]\nsteps: [{wait: 2}]', '2:1 This key is there twice.'],
  ['steps:\n\t- wait: 1', '2:1 Tabs are not allowed as indentation: use spaces.'],
  ['a: &a [x]\nsteps: *a', '2:8 Aliases'],
  [`steps: ${'['.repeat(100_000)}`, '1:1 It has values within values'],
  [`steps:${'\n- '.repeat(1_500_000)}`, '1:1 It is longer'],
  ['peers: {p: {bits: {{bits}}}}\nsteps: [{wait: 1}]', '1:20 A key has to be text. Put {{…}} in quotes.'],
  ['vars: {a: "{{b}}", b: "{{a}}"}\nsteps: [{wait: 1}]', '1:11 Variables name each other in a circle: a → b → a.'],
  ['data: []\nsteps: [{wait: 1}]', '1:7 There is no row.'],
  [`${PARTS}- snd: x`, '4:3 “snd” is not a known key.'],
  [`${PARTS}- send: 1.0`, '4:9 What is sent must be text: put it in quotes.'],
  [`${PARTS}- {send: a, wait: 1}`, '4:3 A step does one thing'],
  [`${PARTS}- send: {session: them, text: a}`, '4:3 There is no session them. There is us, tap.'],
  [`${PARTS}- send: {session: tap, text: a}`, '4:3 tap is a tap, which only looks'],
  [`${PARTS}- expect: {regex: "("}`, '4:3 Invalid regular expression'],
  [`${PARTS}- expect: {where: "a.b == 1"}`, '4:3 where: a.b is a field of a type.'],
  [`${PARTS}- expect: {timeout: 5}`, '4:3 A message is expected by one or more of'],
  [`${PARTS}- fault: p`, '4:3 The peer p has no fault.'],
  [`${PARTS}- restart: q`, '4:3 There is no session or peer q.'],
  [`${PARTS}- parallel: [[{send: a}], [{send: b}]]`, '4:3 Two lists of parallel use us'],
  [`${PARTS}- expect-timeout: 0`, '4:19 A time must be at least 1.'],
  [`${PARTS}- wait: "{{n}}"`, '4:9 A time must be a number.'],
  ['sessions: {us: {role: tap, overrun: wait}}\nsteps: [{wait: 1}]', '1:16 overrun is not for a tap.'],
  ['sessions: {us: {role: server, channel: x}}\nsteps: [{wait: 1}]', '1:16 There is no channel x. There is main.'],
  ['peers: {p: {bits: 32, program: x}}\nsteps: [{wait: 1}]', '1:12 A peer has either bits or program.'],
])('%j is told with line and column', (text, problem) => {
  expect(
    told(text.slice(0, 5_000_000)).some((one) => one.startsWith(problem)),
    told(text).join('\n'),
  ).toBe(true);
});
