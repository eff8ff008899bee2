/** `--respond` as built. */
import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { commandLine, parsed, shown } from './testing.ts';

vi.setConfig({ testTimeout: 30_000 });

const { channel, close, file, killAll, opened, run } = commandLine('respond');
afterEach(killAll);
afterAll(close);

const rules = (text: string, name = 'rules.yaml') => {
  writeFileSync(file(name), text);
  return file(name);
};

test('a server answers by the rules of a file: types, files and delays in them', async () => {
  const names = channel();
  writeFileSync(file('order.h'), '#include <stdint.h>\nstruct order { uint32_t id; uint32_t side; };\n');
  writeFileSync(file('reply.bin'), Uint8Array.of(0xff, 1));
  const yaml = `types: [order.h]
rules:
  - {match: {type: order, where: side == 2}, reply: {file: reply.bin}, delay: 30}
  - {match: {type: order}, capture: {id: {field: id}}, reply: 'order {{id}}'}
`;
  const server = await opened('server', ...names, '--respond', rules(yaml));
  const sends = [
    '--send-hex',
    '07000000 01000000',
    '--receive',
    '1',
    '--send-hex',
    '08000000 02000000',
    '--receive',
    '1',
  ];
  const client = await run('client', ...names, ...sends, '--send-close');
  const { status, lines } = await server.end();
  expect([status, client.status]).toEqual([4, 0]);
  expect(parsed(client.output).map(shown)).toEqual(expect.arrayContaining(['in message order 7', 'in message ff01']));
  expect(
    lines.filter(({ direction, kind }) => direction === 'out' && kind === 'message').map(({ detail }) => detail),
  ).toEqual(['Sent by the rule “rule 2” in reply to #1.', 'Sent by the rule “rule 1” in reply to #3.']);
});

test('a client that ends after its steps sends the replies first that wait for their time', async () => {
  const names = channel();
  const server = await opened('server', ...names, '--send', 'ping', '--receive', '1');
  const answering = ['--respond', rules('rules: [{match: ping, reply: pong, delay: 200}]', 'late.yaml')];
  const client = await run('client', ...names, ...answering, '--receive', '1');
  expect([client.status, (await server.end()).lines.map(shown)]).toEqual([
    0,
    expect.arrayContaining(['in message pong']),
  ]);
});

test.each([
  ['rules: [{match: a}]', ':1:9: error: “reply” is missing.'],
  ['rules: [{match: {type: nothing}, reply: a}]', 'The type “nothing” is not declared.'],
  ['rules: [{match: a, reply: {file: none.bin}}]', 'none.bin can'],
])('rules that can’t be used are told, and nothing is opened: %s', async (yaml, sentence) => {
  const { status, output, complaint } = await run('server', ...channel(), '--respond', rules(yaml, 'bad.yaml'));
  expect([status, output, complaint]).toEqual([2, '', expect.stringContaining(sentence)]);
});

test('a file of rules that is not there is a mistake', async () => {
  const { status, complaint } = await run('server', ...channel(), '--respond', file('none.yaml'));
  expect([status, complaint]).toEqual([2, expect.stringContaining("none.yaml can't be read")]);
});
