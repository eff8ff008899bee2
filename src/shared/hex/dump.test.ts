import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { parseHex } from './hex.ts';

const read = (text: string): string => {
  const parsed = parseHex(text);
  return parsed.ok ? Buffer.from(parsed.bytes).toString('hex') : `${parsed.at}: ${parsed.message}`;
};
const refused = (text: string) => {
  const parsed = parseHex(text);
  if (parsed.ok) throw new Error(`${JSON.stringify(text)} was taken as ${Buffer.from(parsed.bytes).toString('hex')}.`);
  return parsed;
};
const lines = (...all: readonly string[]) => `${all.join('\n')}\n`;
/** "de ad be ef" without its spaces. */
const hex = (bytes: string) => bytes.replaceAll(/\s/g, '');

/** Numbers that look random and are the same at each run. */
function* pseudorandom(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}
const numbers = pseudorandom(8);
const random = () => numbers.next().value as number;
/** Payloads as they are: text, zeros, hex digits and spaces as text, and any bytes. */
const PALETTES: readonly (() => number)[] = [
  () => Math.floor(random() * 256),
  () => 0x20 + Math.floor(random() * 95),
  () => (random() < 0.9 ? 0 : 0xff),
  () => '0123456789abcdef |>-.*:'.charCodeAt(Math.floor(random() * 23)),
];
const sample = (i: number): Buffer =>
  Buffer.from(Array.from({ length: 1 + Math.floor(random() * 150) }, PALETTES[i % PALETTES.length] as () => number));
const SAMPLES = Array.from({ length: 12 }, (_, i) => sample(i));

const run = (command: string, bytes: Buffer): string => {
  const [tool = '', ...args] = command.split(' ');
  return execFileSync(tool, args, { input: bytes, encoding: 'latin1', env: { ...process.env, LC_ALL: 'C' } });
};

describe.each([
  ...['xxd', 'xxd -u', 'xxd -g1', 'xxd -g4', 'xxd -c 8', 'xxd -a', 'xxd -p', 'xxd -i -n data', 'xxd -o 4096'],
  ...['hexdump -C', 'hexdump -v -C', 'od -A x -t x1z', 'od -A x -t x1', 'od -A d -t x1z', 'od -t x1', 'od -A n -t x1'],
  ...['od -A x -t x1z -w8', 'od -v -t x1z'],
])('what `%s` prints', (command) => {
  test.skipIf(spawnSync(command.split(' ')[0] as string, ['--version']).error)('is read back', () => {
    for (const bytes of SAMPLES) expect(read(run(command, bytes))).toBe(bytes.toString('hex'));
  });
});

describe.each(['xxd', 'xxd -g1', 'hexdump -C', 'od -A x -t x1z'])(
  'what `%s` prints, and somebody has spoilt',
  (command) => {
    const absent = spawnSync(command.split(' ')[0] as string, ['--version']).error;
    // Ends in a row of its own, so that nothing is omitted as equal.
    const bytes = Buffer.from('GET /one HTTP/1.1\r\nHost: two\r\n\r\n\0\u0001three four five six seven eight');

    test.skipIf(absent)('by another digit where a character shows it, is refused', () => {
      const dump = run(command, bytes);
      const body = dump.search(/\s[0-9a-f]{2}/) + 1;
      for (let at = body; at < body + 40; at += 1) {
        if (!/[0-9a-f]/.test(dump[at] as string)) continue;
        // The high half: the character becomes another one, or none.
        if (!/[0-9a-f]/.test(dump[at + 1] as string) || /[0-9a-f]/.test(dump[at - 1] as string)) continue;
        const other = dump[at] === '4' ? '5' : '4';
        const spoilt = `${dump.slice(0, at)}${other}${dump.slice(at + 1)}`;
        expect(refused(spoilt).message).toMatch(/line 1|changed/);
      }
    });

    test.skipIf(absent)('by any character taken away from a row but its last ones, is refused', () => {
      const dump = run(command, bytes);
      const row = dump.indexOf('\n') + 1;
      const end = dump.indexOf('\n', row);
      for (let at = row; at < end; at += 1) {
        const spoilt = dump.slice(0, at) + dump.slice(at + 1);
        const parsed = parseHex(spoilt);
        if (parsed.ok) expect(Buffer.from(parsed.bytes).toString('hex')).toBe(bytes.toString('hex'));
      }
    });

    test.skipIf(absent)('by a row taken away, put twice or moved, is refused', () => {
      const rows = run(command, bytes).trimEnd().split('\n');
      const [a = '', b = '', c = '', ...rest] = rows;
      for (const spoilt of [
        [a, c, ...rest],
        [a, b, b, c, ...rest],
        [b, a, c, ...rest],
        [a, b, 'x', c, ...rest],
      ])
        expect(refused(lines(...spoilt)).ok).toBe(false);
    });
  },
);

describe.each(['hexdump', 'hexdump -x', 'od', 'od -x', 'od -A x -x', 'od -A x -t x4', 'xxd -e', 'xxd -b -c 4'])(
  'what `%s` prints tells no order or no bytes',
  (command) => {
    test.skipIf(spawnSync(command.split(' ')[0] as string, ['--version']).error)('and is refused', () => {
      for (const length of [5, 16, 40]) {
        const bytes = Buffer.from(Array.from({ length }, (_, i) => 33 + i));
        expect(refused(run(command, bytes)).message).toMatch(/words of several bytes|neither|stands alone|one of them/);
      }
    });
  },
);

describe('a dump by', () => {
  test.each([
    [
      'Wireshark',
      '0000   de ad be ef 00 41 42 20 43 44 00 00 00 00 00 00   .....AB CD......\n0010   01                                                .',
    ],
    ['Wireshark, bytes alone', lines('0000   de ad be ef 00 41 42 20 43 44 00 00 00 00 00 00', '0010   01')],
    [
      'WinDbg',
      lines(
        '00000000`00401000  de ad be ef 00 41 42 20-43 44 00 00 00 00 00 00  .....AB CD......',
        '00000000`00401010  01                                               .',
      ),
    ],
    [
      'WinDbg behind its prompt',
      lines(
        '0:000> db 401000',
        '00401000  de ad be ef 00 41 42 20-43 44 00 00 00 00 00 00  .....AB CD......',
        '00401010  01                                               .',
      ),
    ],
    [
      "Visual Studio's memory window",
      lines(
        '0x00AFFB90  de ad be ef 00 41 42 20  Þ­¾ï.AB ',
        '0x00AFFB98  43 44 00 00 00 00 00 00  CD......',
        '0x00AFFBA0  01  .',
      ),
    ],
    [
      'tcpdump -X',
      lines(
        '\t0x0000:  dead beef 0041 4220 4344 0000 0000 0000  .....AB.CD......',
        '\t0x0010:  01                                       .',
      ),
    ],
    ['tcpdump -x', lines('\t0x0000:  dead beef 0041 4220 4344 0000 0000 0000', '\t0x0010:  01')],
    [
      'gdb',
      lines(
        '0x7ffe00 <main+4>:\t0xde\t0xad\t0xbe\t0xef\t0x00\t0x41\t0x42\t0x20',
        '0x7ffe08 <main+12>:\t0x43\t0x44\t0x00\t0x00\t0x00\t0x00\t0x00\t0x00',
        '0x7ffe10 <main+20>:\t0x01',
      ),
    ],
    [
      'lldb',
      lines(
        '0x100003f90: de ad be ef 00 41 42 20 43 44 00 00 00 00 00 00  .....AB CD......',
        '0x100003fa0: 01                                               .',
      ),
    ],
    [
      'Format-Hex of PowerShell 7',
      lines(
        '   Label: String (System.String) <2944BEC3>',
        '',
        '          Offset Bytes                                           Ascii',
        '                 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F',
        '          ------ ----------------------------------------------- -----',
        '0000000000000000 DE AD BE EF 00 41 42 20 43 44 00 00 00 00 00 00 Þ­¾ï AB CD      ',
        '0000000000000010 01                                              �',
      ),
    ],
    [
      'Format-Hex of Windows PowerShell',
      lines(
        '           Path: C:\\x.bin',
        '',
        '           00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F',
        '',
        '00000000   DE AD BE EF 00 41 42 20 43 44 00 00 00 00 00 00  Þ­¾ï.AB CD......',
        '00000010   01                                               .',
      ),
    ],
    [
      'certutil',
      lines(
        '0000\tde ad be ef 00 41 42 20  43 44 00 00 00 00 00 00   .....AB CD......',
        '0010\t01                                                 .',
      ),
    ],
    [
      'a hex editor',
      lines(
        'Offset(h) 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F',
        '',
        '00000000  DE AD BE EF 00 41 42 20 43 44 00 00 00 00 00 00  Þ­¾ï.AB CD......',
        '00000010  01                                               .',
      ),
    ],
    ['a tool without offsets', lines('de ad be ef 00 41 42 20 43 44 00 00 00 00 00 00  .....AB CD......', '01  .')],
    [
      'its middle',
      lines('00000020  de ad be ef 00 41 42 20  43 44 00 00 00 00 00 00  |.....AB CD......|', '00000030  01  |.|'),
    ],
    [
      'Windows line ends',
      '00000000  de ad be ef 00 41 42 20  43 44 00 00 00 00 00 00  |.....AB CD......|\r\n00000010  01  |.|\r\n00000011\r\n',
    ],
  ])('%s is read', (_, text) => {
    expect(read(text)).toBe(hex('de ad be ef 00 41 42 20 43 44 00 00 00 00 00 00 01'));
  });

  test.each([
    ['0000  de ad be ef  ....', 'de ad be ef'],
    ['0000  de ad be ef', 'de ad be ef'],
    ['0x0000 de ad', 'de ad'],
    ['0010: de ad', 'de ad'],
    ['00000000: dead beef', 'de ad be ef'],
    ['0000000 de ad', 'de ad'],
    [
      '00000000  64 65 61 64 20 62 65 65  66 20 61 62 20 63 64 00  |dead beef ab cd.|',
      '64656164206265656620616220636400',
    ],
    ['00000000  41 42  AB', '41 42'],
    ['00000000: 4120 2020                                A', '41 20 20 20'],
    [lines('00000000  00 00 00 00  |....|', '*', '0000000c  01  |.|', '0000000d'), `${'00'.repeat(12)}01`],
    [lines('0000000 41 42', '0000002 41', '0000003'), '41 42 41'],
  ])('%j is read as %s', (text, bytes) => {
    expect(read(text)).toBe(hex(bytes));
  });
});

describe('what is not wholly a dump is refused', () => {
  test.each<[string, number, RegExp]>([
    ['dead be ef', 0, /"dead" at position 1 could be the offset.*de ad/],
    ['0000 de ad be ef', 0, /could be the offset/],
    ['0000 41 42 AB', 0, /could be the offset/],
    ['0000  de ad be ef  ...', 19, /neither bytes nor the characters of the 4 bytes/],
    ['0000  de ad be  ....', 16, /a part may be missing/],
    ['0000  de 4d be ef  ....', 9, /4d at position 10 is not the "\."/],
    ['0000  de ad b ef  ....', 12, /neither/],
    [lines('0000  de ad be ef  ....', '0008  00  .'), 24, /0008 at line 2, position 1 does not follow/],
    [lines('0000  de ad be ef  ....', '0004  41'), 32, /neither/],
    [lines('0000  de ad be ef  ....', '0000  de ad be ef  ....'), 24, /does not follow/],
    [lines('0000  de ad be ef  ....', '0004  00 00 00 00 00  .....'), 24, /does not follow/],
    [lines('0000  de ad be ef  ....', '', 'Frame 2'), 25, /./],
    [lines('00000000  00 00  |..|', '*', '00000009  00  |.|'), 24, /does not follow/],
    [lines('00000000  00 00  |..|', '*'), 0, /does not follow/],
    [lines('00000000  00 00  |..|', '*', 'ffffffff'), 24, /does not follow/],
    [lines('00000000  00 00  |..|', '*', 'fffffffe'), 0, /4 MiB/],
    [lines('00401000  00905a4d 00000003', '00401008  00000004 0000ffff'), 0, /words of several bytes/],
  ])('%j', (text, at, message) => {
    const fault = refused(text);
    expect([fault.at, fault.message]).toEqual([at, expect.stringMatching(message)]);
  });
});

test('a text of a million characters that is nothing is refused without trying it in every way', () => {
  const texts = [
    `${'de '.repeat(300_000)}x`,
    `0000 ${'de '.repeat(300_000)}x`,
    `de${' '.repeat(1_000_000)}x`,
    `${'{'.repeat(500_000)}${'}'.repeat(500_000)}`,
    'a='.repeat(500_000),
    "'".repeat(999_999),
    '/* '.repeat(300_000),
    '(byte)'.repeat(100_000),
    '00000000  00 00  |..|\n'.repeat(40_000),
  ];
  for (const text of texts) expect(refused(text).ok).toBe(false);
});
