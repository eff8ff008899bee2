/** What a spreadsheet makes of an exported table: LibreOffice opens it, with each separator that its dialog offers. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { ExportOptions } from '../../../shared/export.ts';
import { sample } from '../../sample.testing.ts';
import { sessionOf } from '../testing.ts';
import { formatOf } from './formats.ts';
import type { WholeRecord } from './records.ts';

// It starts slowly when all processors are busy.
vi.setConfig({ testTimeout: 180_000 });

const absent = spawnSync('soffice', ['--version']).error !== undefined;
const folder = mkdtempSync(join(tmpdir(), 'shmscope-sheet-'));
afterAll(() => rmSync(folder, { recursive: true }));

const NUMERIC = ['007', '1e5', '12e5', '1-2', '18446744073709551615'];
const TEXTS = [
  ...[
    'a;=1+1;b',
    '=1+1',
    'a\t=1+1',
    'a|=1+1|b',
    'a\n=1+1',
    'a\r\n@SUM(A1)',
    ';;+1',
    '"=1',
    'a";=1+1',
    "';=1+1",
    '-1',
    '＝1+1',
  ],
  ...['x;"=1+1";y', 'x","=1+1","y', "=cmd|' /C calc'!A0", 'größe 💾'],
  ...NUMERIC,
];
const BYTES = ['80003311', '9018e160', '12e5', 'ff', '00', '1e400000ff'].map((hex) =>
  Buffer.from(`ff${hex}`, 'hex').subarray(1),
);

function table(options: Pick<ExportOptions, 'format' | 'separator'>, payloads: readonly Buffer[]): string {
  const format = formatOf(options);
  const head = { session: sessionOf(1), readAs: 'utf-8', asked: payloads.length, held: payloads.length } as const;
  const rows = payloads.flatMap((bytes, seq) => [...format.record(recordOf(seq, bytes))]);
  return format.head(head) + rows.join('') + format.foot(head);
}

const recordOf = (seq: number, bytes: Buffer): WholeRecord => ({
  ...{
    seq,
    kind: 'message',
    lane: 'c2s',
    direction: 'in',
    wall: 1_795_435_375_767_178,
    mono: seq,
    size: bytes.length,
    code: null,
    count: 1,
  },
  // What is in these is foreign as well.
  ...{ detail: bytes.toString('latin1'), mark: bytes.toString('latin1'), note: '=2+2', unreadMicros: null },
  ...{ bytes, encoding: 'utf-8', readAs: 'utf-8' },
});

/** The sheets that LibreOffice makes of tables: each of their cells as XML. */
function opened(tables: Readonly<Record<string, string>>, separator: string): Record<string, string[]> {
  const names = Object.keys(tables);
  const files = names.map((name) => join(folder, `${name}.csv`));
  for (const [i, name] of names.entries()) writeFileSync(files[i] as string, tables[name] as string);
  // Separator, quote, UTF-8, from line 1 on, …, numbers and formulas are recognised as far as possible.
  const filter = `CSV:${separator.charCodeAt(0)},34,76,1,,0,false,true,false,false,false,0,true`;
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  const args = [profile, '--headless', `--infilter=${filter}`, '--convert-to', 'fods', '--outdir', folder, ...files];
  execFileSync('soffice', args, { stdio: 'ignore' });
  return Object.fromEntries(names.map((name) => [name, cellsOf(readFileSync(join(folder, `${name}.fods`), 'utf8'))]));
}

const cellsOf = (fods: string) => fods.match(/<table:table-cell[^>]*?(?:\/>|>[\s\S]*?<\/table:table-cell>)/g) ?? [];
const textOf = (cell: string) => [...cell.matchAll(/<text:p>([\s\S]*?)<\/text:p>/g)].map(([, text]) => text).join('\n');
const isFormula = (cell: string) => cell.includes('table:formula');

describe.skipIf(absent)('LibreOffice', () => {
  const payloads = [...TEXTS.map((text) => Buffer.from(text)), ...BYTES];
  const tables = {
    csv: table({ format: 'csv' }, payloads),
    commas: table({ format: 'excel', separator: ',' }, payloads),
    semicolons: table({ format: 'excel', separator: ';' }, payloads),
    /** Only quotes: the formula found in it shows that the rule below can fail. */
    live: '1,"a;=1+1;b"\r\n1;"a,=1+1,b"\r\n1,=1+1\r\n',
  };

  const SEPARATORS = [
    [',', ['csv', 'commas']],
    [';', ['semicolons']],
    ['\t', []],
    ['|', []],
  ] as const;
  test.each(sample(SEPARATORS, 2))(
    'finds no formula in a table that it opens with %j, and no number in hex',
    (separator, own) => {
      const { live, ...sheets } = opened(tables, separator);
      if (separator === ',' || separator === ';') expect(live?.some(isFormula)).toBe(true);
      for (const cells of Object.values(sheets)) {
        expect(cells.length).toBeGreaterThan(payloads.length);
        expect(cells.filter(isFormula)).toEqual([]);
      }
      for (const name of own) {
        const cells = sheets[name] ?? [];
        // `'007`: not a number, though Excel makes one even of what is in quotes.
        if (name !== 'csv') for (const text of NUMERIC) expect(cells.map(textOf)).toContain(`&apos;${text}`);
        expect(cells.map(textOf)).toContain('größe 💾');
        for (const bytes of BYTES) {
          const hex = cells.find((cell) => textOf(cell) === `0x${bytes.toString('hex')}`);
          expect(hex).toContain('office:value-type="string"');
        }
      }
    },
  );
});
