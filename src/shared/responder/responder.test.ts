import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { JsonSchemas } from '../scenario/json-schema.testing.ts';
import { plainExec } from '../scenario/match.ts';
import { NO_TYPES } from '../types/compiled/compiled.ts';
import { ruleFromPair } from './from-pair.ts';
import { mistakeIn, printResponder, readResponder } from './read.ts';
import { RuleBook } from './rule-book.ts';
import { type ResponderRules, responderSchema } from './schema.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes);
const book = (text: string) => {
  const { rules, problems } = readResponder(text, 'r.yaml');
  expect(problems).toEqual([]);
  return new RuleBook(rules as ResponderRules, { types: NO_TYPES, abi: 'linux-x64', exec: plainExec });
};
const answers = (rules: RuleBook, ...messages: string[]) =>
  messages.map((text) => textOf(rules.answer(utf8(text), () => {})?.bytes));

describe('rules', () => {
  test('answer in their order: the first that matches and is on', () => {
    const rules = book(`rules:
      - {match: ping, reply: never, enabled: false}
      - {match: ping, reply: pong}
      - {match: {regex: '^p'}, reply: "another p"}`);
    expect(answers(rules, 'ping', 'pong', 'x')).toEqual(['pong', 'another p', undefined]);
  });

  test('answer as often as they may, and then leave it to the next', () => {
    const rules = book(`rules:
      - {match: {regex: .}, reply: 'no {{n}}', times: 2}
      - {match: {regex: .}, reply: enough}`);
    expect(answers(rules, 'a', 'b', 'c')).toEqual(['no 1', 'no 2', 'enough']);
  });

  test('send what they kept of a message, and of one before', () => {
    const rules = book(`rules:
      - {match: {json: {do: login}}, capture: {user: {json: name}}, reply: {json: {hello: '{{user}}'}}}
      - {match: {regex: 'add (?<a>\\d+)'}, reply: '{{user}} adds {{a}}'}`);
    expect(answers(rules, '{"do":"login","name":"Ada"}', 'add 7')).toEqual(['{"hello":"Ada"}', 'Ada adds 7']);
  });

  test('answer bytes, after a delay', () => {
    const rules = book("rules: [{match: {pattern: 'de ?? be'}, reply: {hex: ca fe}, delay: 50}]");
    expect(rules.answer(Uint8Array.of(0xde, 9, 0xbe), () => {})).toEqual({
      ...{ rule: 0, bytes: Uint8Array.of(0xca, 0xfe), delayMs: 50 },
    });
  });

  test('that can’t go on are stopped with the reason, and the next is asked', () => {
    const rules = book(`rules:
      - {name: greets, match: hi, reply: 'hi {{nobody}}'}
      - {match: hi, reply: hello}
      - {match: {regex: 'I am (?<nobody>.*)'}, reply: noted}`);
    const failed: string[] = [];
    const answer = rules.answer(utf8('hi'), (name, reason) => failed.push(`${name}: ${reason}`));
    expect([textOf(answer?.bytes), failed]).toEqual([
      'hello',
      [expect.stringContaining('greets: The variable “nobody”')],
    ]);
    expect(rules.names[0]?.failure).toContain('nobody');
  });
});

describe('a file of rules', () => {
  test.each([
    ['rules: 3', '1:8 rules is a list.'],
    ['', '1:1 This has to be a map: keys with their values.'],
    ['rules:\n  - {match: a}', '2:5 “reply” is missing.'],
    [
      'rules:\n  - {match: a, reply: b, often: 2}',
      /^2:26 “often” is not a known key. The keys here are: name, enabled, match, capture, reply, delay, times.$/,
    ],
    ['rules:\n  - {match: {regex: "ping (?<n>.)"}, reply: "{{n}}"}', '2:13 n is reserved. Choose another name.'],
    ['rules:\n  - {match: a, capture: {time: text}, reply: b}', '2:25 time is reserved. Choose another name.'],
    ['rules:\n  - {match: a, reply: {json: {b: "{{c}}"}}}', /^2:34 No rule keeps a variable “c”/],
    ['rules:\n  - {match: "{{d}}", reply: b}', /^2:13 No rule keeps a variable “d”/],
    ['rules:\n  - {match: {hex: zz}, reply: b}', /^2:\d+ .*z/],
    ['rules:\n  - {match: {regex: "("}, reply: b}', /^2:\d+ /],
    ['rules:\n  - {match: a, reply: {text: a, hex: b}}', /^2:\d+ What is sent is one of/],
    [
      'rules:\n  - {name: x, match: a, reply: b}\n  - {name: x, match: c, reply: d}',
      '3:12 Another rule is called “x”.',
    ],
  ])('with a mistake says where: %j', (text, wanted) => {
    const { rules, problems } = readResponder(text, 'r.yaml');
    const [first] = problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
    expect(rules).toBeUndefined();
    expect(first).toEqual(typeof wanted === 'string' ? wanted : expect.stringMatching(wanted));
  });

  test('is read back as it is written', () => {
    const rules: ResponderRules = {
      name: 'Two\nlines',
      rules: [
        { name: 'a: b', match: { json: { a: [1, null] } }, reply: { json: 'on' }, delay: 5, times: 1, enabled: false },
        { match: 'true', reply: '{{n}}' },
      ],
    };
    expect(readResponder(printResponder(rules), 'r.yaml')).toEqual({ rules, problems: [] });
  });

  test('has the published schema', () => {
    const file = path.join(import.meta.dirname, '../../../docs/responder.schema.json');
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'Shmscope responder',
      description: 'Rules by which an end of a channel answers: docs/responder.md.',
      ...new JsonSchemas(new Map()).of(responderSchema),
    };
    if (process.env.UPDATE_SCHEMA) writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
  });
});

test('rules without a file name the first that is wrong', () => {
  expect(
    mistakeIn({
      rules: [
        { match: 'a', reply: 'b' },
        { match: { hex: 'zz' }, reply: '' },
      ],
    }),
  ).toMatch(/^rule 2: /);
  expect(mistakeIn({ rules: [{ match: 'a', reply: 'b' }] })).toBeUndefined();
});

describe('a rule from a pair', () => {
  test('answers that request with that reply, and nothing else', () => {
    const rule = ruleFromPair(utf8('  get 1 '), utf8('one'));
    const rules = new RuleBook({ rules: [rule] }, { types: NO_TYPES, abi: 'linux-x64', exec: plainExec });
    expect([rule.name, ...answers(rules, '  get 1 ', 'get 1')]).toEqual(['get 1', 'one', undefined]);
  });

  test('has hex where a text would be another message', () => {
    const pair = ruleFromPair(Uint8Array.of(0xff, 0), utf8('hello {{user}}'));
    expect(pair).toMatchObject({ name: '2 bytes', match: { hex: 'ff 00' }, reply: { hex: expect.any(String) } });
  });
});
