import { beforeEach, expect, test } from 'vitest';
import { forgetFilter, rememberFilter, saveFilter, useFilters } from './filter-store.ts';

beforeEach(() => useFilters.setState({ recent: [], saved: [] }));

test('the last twenty filters are kept, each once, the newest first', () => {
  for (let i = 0; i < 30; i++) rememberFilter(`size:${i}`);
  rememberFilter(' size:15 ');
  rememberFilter('  ');
  const { recent } = useFilters.getState();
  expect(recent).toHaveLength(20);
  expect(recent.slice(0, 2)).toEqual(['size:15', 'size:29']);
  expect(new Set(recent).size).toBe(20);
});

test('a name stands for one filter, until it is forgotten', () => {
  saveFilter('b', 'dir:in');
  saveFilter('a', 'dir:out');
  saveFilter('b', 'dir:none');
  expect(useFilters.getState().saved).toEqual([
    { name: 'a', text: 'dir:out' },
    { name: 'b', text: 'dir:none' },
  ]);
  forgetFilter('a');
  expect(useFilters.getState().saved.map(({ name }) => name)).toEqual(['b']);
});
