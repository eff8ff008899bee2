import { expect, test } from 'vitest';
import { OutputLog } from './output-log.ts';

const all = { from: 0, limit: 1000 };
const texts = (log: OutputLog, query: Partial<typeof all & { search: string }> = {}) =>
  log.read({ ...all, ...query }).lines.map(({ text }) => text);

test('lines come whole, however the bytes were cut, in the order in which they ended', () => {
  const log = new OutputLog();
  const bytes = Buffer.from('Grüße\r\nzwei\n');
  for (const byte of bytes) log.add('stdout', Uint8Array.of(byte));
  log.add('stderr', Buffer.from('half'));
  log.add('stdout', Buffer.from('three\n'));
  log.finish('stderr');
  log.finish('stdout');
  expect(log.read(all).lines).toEqual([
    { number: 0, stream: 'stdout', text: 'Grüße' },
    { number: 1, stream: 'stdout', text: 'zwei' },
    { number: 2, stream: 'stdout', text: 'three' },
    { number: 3, stream: 'stderr', text: 'half' },
  ]);
});

test('it is searched in any case of letters, and read from a line on', () => {
  const log = new OutputLog();
  log.add('stdout', Buffer.from('Ready\nno\nREADY again\n'));
  expect(texts(log, { search: 'ready' })).toEqual(['Ready', 'READY again']);
  expect(texts(log, { search: 'ready', from: 1 })).toEqual(['READY again']);
  log.add('stdout', Buffer.from('Straße\nΟΔΟΣ\n'));
  expect(texts(log, { search: 'STRASSE' })).toEqual(['Straße']);
  expect(texts(log, { search: 'οδος' })).toEqual(['ΟΔΟΣ']);
  expect(texts(log, { limit: 1, from: 1 })).toEqual(['no']);
});

test('a flood of lines, and one line without an end, keep the last megabyte and tell where it begins', () => {
  const log = new OutputLog();
  for (let n = 0; n < 100_000; n++) log.add('stdout', Buffer.from(`line ${n}\n`));
  const { lines, first, end } = log.read({ ...all, from: 99_990 });
  expect([lines.at(-1)?.text, first, end]).toEqual(['line 99999', 80_000, 100_000]);
  for (let n = 0; n < 64; n++) log.add('stderr', Buffer.alloc(64 * 1024, 0x78));
  const kept = log.read({ from: 0, limit: 1_000_000 });
  expect(kept.lines.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(1024 * 1024);
  expect(kept.lines.every(({ text }) => text.length <= 4096)).toBe(true);
  expect(kept.first).toBe(kept.lines[0]?.number);
});
