import { existsSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FieldPlot, FieldPlotQuery } from '../../../shared/field-plot.ts';
import { type CompiledTypes, NO_TYPES } from '../../../shared/types/compiled/compiled.ts';
import { batchOf, type Sample, sessionOf, temporaryFolder } from '../testing.ts';
import { createCapture } from '../write/create.ts';
import { Journal } from '../write/journal.ts';
import { Fields } from './fields.ts';

const SECOND = 1_000_000;
const JSON_TYPES: CompiledTypes = { ...NO_TYPES, bindings: [{ type: 'json', abi: 'linux-x64', line: 1 }] };

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
let journal: Journal;
let fields: Fields;
beforeEach(async () => {
  folder = temporaryFolder();
  const created = createCapture(folder.path);
  file = created.file;
  journal = new Journal(created.db);
  journal.write({ sessions: [sessionOf(1)], batches: [] });
  fields = new Fields();
  await fields.open({ file });
});
afterEach(() => {
  fields.close();
  journal.close();
  folder.remove();
});

let written = 0;
beforeEach(() => {
  written = 0;
});

function write(samples: readonly Sample[]): void {
  journal.write({ sessions: [], batches: [batchOf(1, written, samples)] });
  written += samples.length;
}

const said = (mono: number, value: object, direction: 'in' | 'out' = 'in'): Sample => ({
  mono,
  direction,
  bytes: Buffer.from(JSON.stringify(value)),
});

/** Asks until everything was read. */
function plot(paths: readonly string[], asked: Partial<FieldPlotQuery> & { types?: CompiledTypes } = {}): FieldPlot {
  const { lane, ...query } = { lane: null, ...asked };
  const whole = { session: 1, fromMono: 0, toMono: 1000 * SECOND, buckets: 10, types: JSON_TYPES };
  const listed = paths.map((path) => ({ path, lane: lane as null }));
  for (;;) {
    const answer = fields.plot({ ...whole, fields: listed, ...query });
    if (answer.progress.complete) return answer;
  }
}

/** A wave with one peak, over 1000 seconds. */
const wave = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    said((i * 1000 * SECOND) / count, { n: i === 777 ? 1e6 : Math.sin(i / 100) }),
  );

describe('a field over time', () => {
  test('keeps its least and most at every zoom', () => {
    write(wave(5000));
    for (const buckets of [2, 10, 100, 2000]) {
      const [n] = plot(['n'], { buckets }).series;
      expect(Math.max(...(n?.most ?? []))).toBe(1e6);
      expect(Math.min(...(n?.least ?? []))).toBeLessThan(-0.99);
      expect(n?.count.reduce((a, b) => a + b, 0)).toBe(5000);
    }
  });

  test('is read closely from the records where they are few', () => {
    write([10, 20, 30].map((mono) => said(mono, { n: mono })));
    const { series, width, fromMono } = plot(['n'], { fromMono: 0, toMono: 100, buckets: 100 });
    expect([width, fromMono]).toEqual([1, 0]);
    expect(series[0]?.first.flatMap((n, i) => (n ? [[i, n]] : []))).toEqual([
      [10, 10],
      [20, 20],
      [30, 30],
    ]);
  });

  test('is of one lane or of both, and of messages that have it', () => {
    write([said(0, { n: 1 }), said(1, { n: 2 }, 'out'), said(2, { m: 3 }), { mono: 3, bytes: Buffer.from('no JSON') }]);
    const counts = (lane: 'c2s' | 's2c' | null) => {
      const query = { fields: [{ path: 'n', lane }] };
      return plot([], query).series[0]?.count[0];
    };
    expect([counts(null), counts('c2s'), counts('s2c')]).toEqual([2, 1, 1]);
  });

  test('has its states by name: those of bools and texts', () => {
    write([
      said(0, { on: true, s: 'filled' }),
      said(200 * SECOND, { on: false, s: 'sent' }),
      said(201 * SECOND, { s: 'filled' }),
    ]);
    const { series, width } = plot(['on', 's'], { buckets: 1000 });
    const [on, s] = series;
    const at = Math.floor((200 * SECOND) / width);
    expect(on?.states).toEqual([
      [1, 'true'],
      [0, 'false'],
    ]);
    expect(s?.states).toEqual([
      [0, 'filled'],
      [1, 'sent'],
    ]);
    expect([s?.first[at], s?.last[at], s?.most[at]]).toEqual([1, 0, 1]);
  });

  test('has the names of an enum, read where the declaration says', () => {
    const int = { kind: 'scalar', name: 'int' } as const;
    const side = { kind: 'enum', base: 'int', values: ['BUY', 'SELL'].map((name, i) => ({ name, value: String(i) })) };
    const order = {
      kind: 'struct',
      members: [
        { name: 'id', type: int },
        { name: 'side', type: { kind: 'named', name: 'enum side' } },
      ],
    };
    const types = {
      ...NO_TYPES,
      libraries: [
        {
          abi: 'linux-x64',
          types: [
            ['enum side', side],
            ['struct order', order],
          ],
        },
      ],
      bindings: [{ type: 'order', abi: 'linux-x64', line: 1 }],
    } as CompiledTypes;
    write([
      { mono: 0, bytes: Uint8Array.of(7, 0, 0, 0, 1, 0, 0, 0) },
      { mono: 1, bytes: Uint8Array.of(9) },
    ]);
    const [id, named] = plot(['id', 'side'], { types }).series;
    expect([id?.count[0], id?.first[0], id?.states]).toEqual([1, 7, []]);
    expect(named?.states).toEqual([[1, 'SELL']]);
  });

  test('goes on from where it was read, in this thread and in the next', async () => {
    write(wave(100));
    plot(['n']);
    const late = fields.plot({ session: 1, fromMono: 0, toMono: SECOND, buckets: 2, fields: [], types: JSON_TYPES });
    expect(late.progress).toEqual({ scanned: 100, complete: true });
    fields.close();
    fields = new Fields();
    await fields.open({ file });
    write([said(1000 * SECOND, { n: 5 })]);
    const [n] = plot(['n'], { toMono: 1001 * SECOND }).series;
    expect(n?.count.reduce((a, b) => a + b, 0)).toBe(101);
  });

  test('is read again when the cache is broken, or of another capture', async () => {
    write(wave(100));
    plot(['n']);
    fields.close();
    const other = new DatabaseSync(`${file}.fields`);
    other.exec('UPDATE field SET wall = wall + 1');
    other.close();
    fields = new Fields();
    await fields.open({ file });
    expect(plot(['n']).series[0]?.count.reduce((a, b) => a + b, 0)).toBe(100);
    fields.close();
    writeFileSync(`${file}.fields`, 'broken');
    fields = new Fields();
    await fields.open({ file });
    expect(plot(['n']).series[0]?.count.reduce((a, b) => a + b, 0)).toBe(100);
    expect(existsSync(`${file}.fields`)).toBe(true);
  });
});

describe('sweeps', () => {
  const cut = { session: 1, starts: [0, 2], length: 100, types: JSON_TYPES };

  test('hold the messages after each beginning, by size or by a field, the newest sweep first', () => {
    write([
      said(0, { n: 1 }),
      said(50, { n: 22 }, 'out'),
      said(1000, { n: 3 }),
      said(1099, { m: 4 }, 'out'),
      said(1100, {}),
    ]);
    const told = ({ points }: ReturnType<Fields['sweeps']>) =>
      points.map(({ sweep, lane, at, value }) => [sweep, lane, at, value]);
    expect(told(fields.sweeps({ ...cut, field: { path: 'n', lane: null } }))).toEqual([
      [1, 'c2s', 0, 3],
      [0, 'c2s', 0, 1],
      [0, 's2c', 50, 22],
    ]);
    expect(told(fields.sweeps({ ...cut, field: null })).map(([, , at, value]) => [at, value])).toEqual([
      [0, 7],
      [99, 7],
      [0, 7],
      [50, 8],
    ]);
  });
});
