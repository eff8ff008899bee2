import { beforeEach, describe, expect, it } from 'vitest';
import type { LogRow } from '../../shared/log.ts';
import { fold, unfold } from '../features/log/runs.ts';
import {
  clearSelection,
  followEnd,
  listingOf,
  pauseView,
  resumeReading,
  selectRow,
  setFilter,
  setFold,
  stopFollowing,
  useLogViews,
  viewOf,
} from './view-store.ts';

beforeEach(() => useLogViews.setState({ views: {} }));

const at = (records: number) => ({ records, found: records });

describe('the view of a log', () => {
  it('follows from the start, each session for itself', () => {
    stopFollowing(1, at(50));
    expect(viewOf(1).mode).toBe('read');
    expect(viewOf(2).mode).toBe('follow');
  });

  it('stops following when a row is selected, and remembers where the log ended', () => {
    selectRow(1, 7, null, at(100));
    expect(viewOf(1)).toMatchObject({ mode: 'read', mark: at(100), position: 7 });
    selectRow(1, 8, null, at(200));
    expect(viewOf(1).mark).toEqual(at(100));
  });

  it('stays paused whatever is selected, and ends where it ended when it was paused', () => {
    pauseView(1, at(100));
    selectRow(1, 7, null, at(200));
    stopFollowing(1, at(300));
    expect(viewOf(1)).toMatchObject({ mode: 'pause', mark: at(100) });
    expect(viewOf(1).held).toBe(100);
    resumeReading(1);
    expect(viewOf(1)).toMatchObject({ mode: 'read', mark: at(100) });
    followEnd(1);
    expect(viewOf(1)).toMatchObject({ mode: 'follow', mark: null });
  });

  it('holds what is there when reading is paused, and counts what came from where following stopped', () => {
    stopFollowing(1, at(50));
    pauseView(1, at(100));
    expect(viewOf(1)).toMatchObject({ mark: at(50), held: 100 });
  });

  it('keeps the selected record under another filter, but not its place', () => {
    selectRow(1, 7, null, at(100));
    setFilter(1, 'dir:in');
    expect(viewOf(1)).toMatchObject({ mode: 'read', position: null, mark: null });
    clearSelection(1);
    expect(viewOf(1).row).toBeNull();
  });

  it('unfolds the selected row in place, and folds from any of its timeouts to their one row', () => {
    const run = { first: 5, last: 9, until: { wall: 0, mono: 0 } };
    const row = (seq: number, part: object) => ({ seq, run: { ...run, ...part } }) as unknown as LogRow;
    selectRow(1, 3, row(5, {}), at(20));
    unfold(1, at(20));
    expect(listingOf(1).fold).toEqual({ unfolded: [5] });
    expect(viewOf(1)).toMatchObject({ position: 3, kept: 3, row: { run: { until: null } } });
    selectRow(1, 6, row(8, { until: null }), at(20));
    fold(1, at(20));
    expect(listingOf(1).fold).toEqual({ unfolded: [] });
    expect(viewOf(1)).toMatchObject({ position: 3, kept: 3, row: null, picked: [{ from: 3, to: 4 }] });
  });

  it('folds timeouts unless told otherwise, which sessions opened later keep to', () => {
    expect(listingOf(1)).toEqual({ session: 1, filter: '', fold: { unfolded: [] } });
    stopFollowing(2, at(1));
    setFold(1, false);
    expect([1, 2, 3].map((id) => listingOf(id).fold !== undefined)).toEqual([false, true, false]);
    setFold(1, true);
  });
});
