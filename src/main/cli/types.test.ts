/** `shmscope types` and `decode` as built. */
import { writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { captureOf } from '../jobs/testing.ts';
import { commandLine, parsed } from './testing.ts';

vi.setConfig({ testTimeout: 30_000 });

const { channel, close, file, opened, run, start } = commandLine('types');
afterAll(close);

const HEADER = `#include <stdint.h>
struct header { uint32_t id; unsigned long seq; };
enum side { BUY = 1, SELL };
typedef struct { struct header hdr; enum side side; unsigned kind : 3, flags : 5; double price; int64_t big; char name[8]; } order;
`;
const header = (text = HEADER, name = 'order.h') => {
  writeFileSync(file(name), text);
  return file(name);
};

describe('types', () => {
  test('are printed as JSON with their fields', async () => {
    const { status, output, complaint } = await run(
      'types',
      header(),
      '--abi',
      'windows-x64',
      '--type',
      'order',
      '--json',
    );
    expect([status, complaint]).toEqual([0, '']);
    expect(JSON.parse(output).types).toEqual([
      {
        ...{ name: 'order', kind: 'struct', size: 40, align: 8 },
        fields: [
          { path: 'hdr', type: 'struct header', offset: 0, size: 8 },
          { path: 'hdr.id', type: 'uint32_t', offset: 0, size: 4 },
          { path: 'hdr.seq', type: 'unsigned long', offset: 4, size: 4 },
          { path: 'side', type: 'enum side', offset: 8, size: 4 },
          { path: 'kind', type: 'unsigned int', offset: 12, size: 4, bit: { offset: 0, width: 3 } },
          { path: 'flags', type: 'unsigned int', offset: 12, size: 4, bit: { offset: 3, width: 5 } },
          { path: 'price', type: 'double', offset: 16, size: 8 },
          { path: 'big', type: 'int64_t', offset: 24, size: 8 },
          { path: 'name', type: 'char', offset: 32, size: 1, count: 8 },
        ],
      },
    ]);
  });

  test('are printed for reading, with their padding', async () => {
    const { status, output } = await run('types', header('struct s { char a; int b; };', 'pad.h'));
    expect([status, output]).toEqual([
      0,
      expect.stringMatching(/struct s: 8 bytes, aligned to 4[\s\S]*1 +3 {2}\(padding\)/),
    ]);
  });

  test('that cannot be read are reported with their place, and the others are printed', async () => {
    const bad = header('#include "gone.h"\nstruct bad { int x y; };\nstruct good { int a; };', 'bad.h');
    const { status, output, complaint } = await run('types', bad, '--json');
    expect([status, JSON.parse(output).types.map(({ name }: { name: string }) => name)]).toEqual([1, ['good']]);
    expect(complaint).toContain(
      `${bad}:1:1: error: “gone.h” is included, but was not found. Give its folder with --include DIR.`,
    );
    expect(complaint).toContain(`${bad}:2:20: error: `);
  });

  test('a folder to include from that is missing, or is a file, ends with 2', async () => {
    const given = (dir: string) => run('types', header(), '--include', dir);
    expect(await given(file('gone'))).toMatchObject({ status: 2, complaint: expect.stringMatching(/no such folder/) });
    expect(await given(header())).toMatchObject({ status: 2, complaint: expect.stringMatching(/It is a file/) });
  });

  test('find what they include in the folders given', async () => {
    const { status } = await run(
      'types',
      header('#include <order.h>\nstruct o { order o; };', 'user.h'),
      '--include',
      file('.'),
    );
    expect(status).toBe(0);
  });

  test('tell what moves between two ABIs', async () => {
    const { status, output } = await run('types', header(), '--diff', 'windows-x64,linux-x64');
    expect(status).toBe(0);
    expect(output).toContain('“unsigned long seq” is 4 bytes on Windows x64 and 8 on Linux x64');
    const json = await run('types', header(), '--diff', 'windows-x64,linux-x64', '--type', 'header', '--json');
    expect(JSON.parse(json.output).types).toMatchObject([
      { name: 'header', size: { 'windows-x64': 8, 'linux-x64': 16 }, moves: [{ path: 'seq' }] },
    ]);
  });

  test.each([
    [['--abi', 'vax'], 2],
    [['--type', 'none'], 2],
    [['--diff', 'windows-x64'], 2],
  ])('%j is a mistake of usage', async (args, status) => {
    expect((await run('types', header(), ...args)).status).toBe(status);
  });

  test('a header of 10 MB is refused within a second', async () => {
    const big = header(`struct s { int a; };\n${'// 0123456789abcdef\n'.repeat(600_000)}`, 'big.h');
    const start = performance.now();
    const { status, complaint } = await run('types', big);
    expect([status, complaint]).toEqual([1, expect.stringContaining('can be read')]);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('decode', () => {
  const hex = '01000000 02000000 02000000 2b000000 00000000 0000f43f ffffffffffffff7f 6869002121212121'.replaceAll(
    ' ',
    '',
  );
  const order = (...args: string[]) =>
    run('decode', '--types', header(), '--type', 'order', '--abi', 'windows-x64', ...args);

  test('prints the fields of bytes, 64-bit integers exact', async () => {
    const { status, output, complaint } = await order('--hex', hex, '--json');
    expect([status, complaint]).toEqual([0, '']);
    expect(JSON.parse(output)).toEqual({
      ...{ type: 'order@windows-x64', size: 40 },
      fields: {
        hdr: { id: 1, seq: 2 },
        ...{ side: 'SELL', kind: 3, flags: 5, price: 1.25, big: '9223372036854775807', name: 'hi' },
      },
    });
    expect((await order('--hex', hex)).output).toMatch(/12:3 +flags: unsigned int = 5\n/);
  });

  test('says how much of a short message there is, and shows what is left of a long one', async () => {
    const short = await order('--hex', hex.slice(0, 24), '--json');
    expect(JSON.parse(short.output)).toMatchObject({
      fault: '12 of 40 bytes',
      fields: { hdr: { id: 1, seq: 2 }, side: 'SELL' },
    });
    expect(JSON.parse((await order('--hex', `${hex}aabb`, '--json')).output)).toMatchObject({ rest: 'aabb' });
  });

  test('tells a message that fits another ABI alone', async () => {
    const { output } = await run(
      'decode',
      '--types',
      header(),
      '--type',
      'header',
      '--abi',
      'linux-x64',
      '--hex',
      '0100000002000000',
      '--json',
    );
    expect(JSON.parse(output).mismatch).toMatchObject({ built: 'linux-x86' });
  });

  test('takes the bytes of one message, or records, from stdin', async () => {
    const read = async (input: string | Buffer) => {
      const { child, exit } = start(
        ['decode', '-', '--json', '--abi', 'windows-x64', '--type', 'header', '--types', header()],
        'pipe',
      );
      child.stdin?.end(input);
      const [status, output] = await Promise.all([exit, text(child.stdout)]);
      return [
        status,
        ...output
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line).fields),
      ];
    };
    expect(await read(Buffer.from('0100000002000000', 'hex'))).toEqual([0, { id: 1, seq: 2 }]);
    const lines = [
      { seq: 0, time: '', kind: 'opened', size: 0, wall: 1, mono: 1 },
      { seq: 1, time: '', kind: 'message', direction: 'in', size: 8, hex: '0100000002000000', wall: 1, mono: 1 },
      { seq: 2, time: '', kind: 'message', direction: 'in', size: 8, text: 'abcdABCD', wall: 1, mono: 1 },
    ];
    expect(await read(lines.map((line) => JSON.stringify(line)).join('\n'))).toEqual([
      0,
      { id: 1, seq: 2 },
      { id: 0x64636261, seq: 0x44434241 },
    ]);
  });

  test('takes a log as Windows saves it, whole, and refuses a line that is no record instead of taking half of it', async () => {
    const decode = async (content: string | Buffer) => {
      writeFileSync(file('log.jsonl'), content);
      const given = ['--abi', 'windows-x64', '--type', 'header', '--types', header()];
      const { status, output, complaint } = await run('decode', file('log.jsonl'), '--json', ...given);
      return [status, status === 0 ? output.match(/"id":\d+/g) : complaint];
    };
    const record = (more: object) =>
      JSON.stringify({ seq: 1, time: '', kind: 'message', direction: 'in', size: 8, wall: 1, mono: 1, ...more });
    const two = `${record({ hex: '0100000002000000' })}\r\n\r\n${record({ hex: '0300000002000000' })}\r\n`;
    const ids = ['"id":1', '"id":3'];
    expect(await decode(two)).toEqual([0, ids]);
    expect(await decode(`\ufeff${two}`)).toEqual([0, ids]);
    expect(await decode(Buffer.from(`\ufeff${two}`, 'utf16le'))).toEqual([0, ids]);
    expect(await decode(record({ hex: '0100000002000000' }))).toEqual([0, ['"id":1']]);
    expect(await decode(`${two}${record({ hex: '01000000zz' })}\n`)).toEqual([
      2,
      expect.stringContaining('not a record'),
    ]);
    const unwritable = record({ text: 'Ω', encoding: 'windows-1252' });
    expect(await decode(`${record({ hex: '01000000zz' })}\n`)).toEqual([2, expect.stringContaining('not a record')]);
    expect(await decode(`${two}${unwritable}\n`)).toEqual([2, expect.stringContaining("can't encode")]);
    expect(await decode(`${two}${record({})}\n`)).toEqual([2, expect.stringContaining('payload is missing')]);
  });

  test('reads the messages of a capture that pass the filter', async () => {
    const message = (id: number) => ({ bytes: Buffer.from(Uint32Array.of(id, 7).buffer) });
    const capture = captureOf(file('.'), [message(1), message(2), message(3)]);
    const { status, output } = await run(
      'decode',
      capture,
      '--json',
      '--filter',
      'hex:"02"',
      '--type',
      'header',
      '--abi',
      'windows-x64',
      '--types',
      header(),
    );
    expect([
      status,
      output
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ]).toMatchObject([0, [{ seq: 1, fields: { id: 2, seq: 7 } }]]);
  });

  test('filters by fields of the type', async () => {
    const message = (id: number) => ({ bytes: Buffer.from(Uint32Array.of(id, 7).buffer) });
    const capture = captureOf(file('.'), [message(1), message(2), message(3)]);
    const types = ['--type', 'header', '--abi', 'windows-x64', '--types', header()];
    const decode = (filter: string) => run('decode', capture, '--json', ...types, '--filter', filter);
    const { output } = await decode('header.id:2..3 not header.id:3');
    expect(JSON.parse(output)).toMatchObject({ seq: 1, fields: { id: 2 } });
    const wrong = await decode('header.no:1');
    expect([wrong.status, wrong.complaint]).toEqual([
      2,
      expect.stringContaining('Known fields: header.id, header.seq.'),
    ]);
  });

  test.each([[['--hex', 'zz']], [[]], [['--hex', '00', 'capture.sqlite']], [['-', '--filter', 'size:1']]])(
    '%j is a mistake of usage',
    async (args) => {
      expect((await order(...args)).status).toBe(2);
    },
  );
});

describe('decode without C', () => {
  test('reads messages of Protobuf as a .proto file declares them', async () => {
    writeFileSync(
      file('m.proto'),
      'syntax = "proto3"; package shop; message Order { uint64 id = 1; string name = 2; }',
    );
    const bytes = ['--hex', '08ffffffffffffffffff01 12026869', '--json'];
    const { output } = await run('decode', '--types', file('m.proto'), '--type', 'Order', ...bytes);
    expect(JSON.parse(output)).toMatchObject({
      type: 'shop.Order@protobuf',
      fields: { id: '18446744073709551615', name: 'hi' },
    });
  });

  test.each([
    ['msgpack', '81a16101'],
    ['cbor', 'a1616101'],
    ['json', '7b2261223a317d'],
  ])('reads %s without a declaration', async (type, hex) => {
    expect(JSON.parse((await run('decode', '--type', type, '--hex', hex, '--json')).output).fields).toEqual({ a: 1 });
  });
});

describe('bindings', () => {
  test('choose the type by channel, lane and condition, and leave alone what no rule names', async () => {
    const yaml = [
      `types: [${JSON.stringify(header())}]`,
      'abi: windows-x64',
      'bindings:',
      '  - when: size == 8 and hdr.id == 1',
      '    type: order',
      '  - channel: "*orders"',
      '    when: size == 8 and id == 2',
      '    type: header',
    ];
    writeFileSync(file('bindings.yaml'), yaml.join('\n'));
    const message = (id: number) => ({ bytes: Buffer.from(Uint32Array.of(id, 7).buffer) });
    const capture = captureOf(file('.'), [message(1), message(2), message(3)], { section: 'Local\\Orders' });
    const { output, complaint } = await run('decode', capture, '--json', '--bindings', file('bindings.yaml'));
    expect(complaint).toBe('');
    expect(
      output
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).type),
    ).toEqual(['order@windows-x64', 'header@windows-x64', null]);
  });

  test('that are wrong are reported with their place', async () => {
    writeFileSync(file('wrong.yaml'), 'bindings:\n  - type: order\n    when: size = 8\n');
    const { status, complaint } = await run('decode', '--hex', '00', '--bindings', file('wrong.yaml'));
    expect([status, complaint]).toEqual([2, expect.stringContaining('wrong.yaml:3:')]);
  });
});

test('server, client and tap tell the fields of their messages, and those of another ABI', async () => {
  const names = channel();
  const types = ['--types', header(), '--type', 'header', '--abi', 'windows-x64'];
  const server = await opened('server', ...names, '--receive', '1', '--timeout', '60000', ...types);
  const other = ['--types', header(), '--type', 'header', '--abi', 'linux-x64'];
  const client = await run('client', ...names, ...other, '--send-hex', '0100000002000000');
  const fields = (lines: readonly object[]) => lines.flatMap((line) => ('fields' in line ? [line.fields] : []));
  expect(fields((await server.end()).lines)).toEqual([{ id: 1, seq: 2 }]);
  const told = parsed(client.output).filter(({ code }) => code === 'payload-layout-mismatch');
  expect([client.status, fields(parsed(client.output)).length, told]).toEqual([
    ...[0, 1, [expect.objectContaining({ detail: expect.stringContaining('It fits Linux x86 and not Linux x64') })]],
  ]);
  expect((await run('tap', ...names, '--types', header())).status).toBe(2);
});
