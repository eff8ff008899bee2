/** `shmscope types` and `decode` as they are built. */
import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { commandLine } from './testing.ts';

vi.setConfig({ testTimeout: 30_000 });

const { close, file, run } = commandLine('types');
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

  test('that cannot be read are told with their place, and the others are printed', async () => {
    const bad = header('#include "gone.h"\nstruct bad { int x y; };\nstruct good { int a; };', 'bad.h');
    const { status, output, complaint } = await run('types', bad, '--json');
    expect([status, JSON.parse(output).types.map(({ name }: { name: string }) => name)]).toEqual([1, ['good']]);
    expect(complaint).toContain(
      `${bad}:1:1: error: “gone.h” is included, but was not found. Give its folder with --include DIR.`,
    );
    expect(complaint).toContain(`${bad}:2:20: error: `);
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
