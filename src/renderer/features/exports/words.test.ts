import { describe, expect, it } from 'vitest';
import { baseName, excelSeparator, jobShare, progressWords } from './words.ts';

describe('a job in words', () => {
  it('tells percent and amount in its own unit', () => {
    expect(progressWords({ done: 420_000, total: 1_000_000, unit: 'records' })).toBe(
      '42 %, 420,000 of 1,000,000 records',
    );
    expect(progressWords({ done: 1024, total: 2048, unit: 'bytes' })).toBe('50 %, 1 KiB of 2 KiB');
  });

  it('claims no share before its end is known', () => {
    expect(jobShare({ done: 5, total: 0 })).toBeUndefined();
    expect(progressWords({ done: 0, total: 0, unit: 'records' })).toBe('starting');
  });

  it('names its file without the folder, on either system', () => {
    expect(baseName('/a/b c.jsonl')).toBe('b c.jsonl');
    expect(baseName('C:\\a\\b.csv')).toBe('b.csv');
  });
});

it('the separator of a table for Excel follows the number format of the system', () => {
  expect(['en-US', 'de-DE', 'fr-FR', 'en-GB', 'pt-BR', 'de-CH'].map(excelSeparator)).toEqual([
    ',',
    ';',
    ';',
    ',',
    ';',
    ',',
  ]);
});
