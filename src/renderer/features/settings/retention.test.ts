import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { checkRetention, retentionForm } from './retention.ts';

const GIB = 1024 ** 3;

describe('the limits of retention', () => {
  it('are written in the largest unit that has no fraction', () => {
    expect(retentionForm(DEFAULT_SETTINGS)).toMatchObject({ limitSize: true, size: '2', unit: 'GiB', limitAge: false });
    expect(retentionForm({ retention: { maxBytes: 1.5 * GIB, maxAgeDays: 7 } })).toMatchObject({
      ...{ size: '1536', unit: 'MiB', limitAge: true, days: '7' },
    });
  });

  it('come back as they were kept', () => {
    for (const maxBytes of [null, 16 * 1024 ** 2, 3 * GIB])
      for (const maxAgeDays of [null, 1, 3650]) {
        const settings = { retention: { maxBytes, maxAgeDays } };
        expect(checkRetention(retentionForm(settings))).toEqual({ settings });
      }
  });

  it('can be a fraction of a GiB', () => {
    const form = { ...retentionForm(DEFAULT_SETTINGS), size: '0.5' };
    expect(checkRetention(form)).toEqual({ settings: { retention: { maxBytes: GIB / 2, maxAgeDays: null } } });
  });

  it('are refused with a sentence at their field when they are no number, too small or too large', () => {
    const form = { ...retentionForm(DEFAULT_SETTINGS), limitAge: true };
    for (const size of ['', 'much', '0', '-1', '1e9', '1,5', '20,00'])
      expect(checkRetention({ ...form, size })).toMatchObject({ settings: null, field: 'size' });
    for (const days of ['', 'x', '0', '1.5', '99999'])
      expect(checkRetention({ ...form, days })).toMatchObject({ settings: null, field: 'days' });
  });

  it('that are switched off are none, whatever stands in their field', () => {
    const form = { ...retentionForm(DEFAULT_SETTINGS), limitSize: false, size: 'x', days: 'y' };
    expect(checkRetention(form)).toEqual({ settings: { retention: { maxBytes: null, maxAgeDays: null } } });
  });
});
