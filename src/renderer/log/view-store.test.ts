import { beforeEach, describe, expect, it } from 'vitest';
import {
  clearSelection,
  followEnd,
  pauseView,
  resumeReading,
  selectRow,
  setFilter,
  stopFollowing,
  useLogViews,
  viewOf,
} from './view-store.ts';

beforeEach(() => useLogViews.setState({ views: {} }));

describe('the view of a log', () => {
  it('follows from the start, each session for itself', () => {
    stopFollowing(1, 50);
    expect(viewOf(1).mode).toBe('read');
    expect(viewOf(2).mode).toBe('follow');
  });

  it('stops following when a row is selected, and remembers where the log ended', () => {
    selectRow(1, 7, null, 100);
    expect(viewOf(1)).toMatchObject({ mode: 'read', mark: 100, position: 7 });
    selectRow(1, 8, null, 200);
    expect(viewOf(1).mark).toBe(100);
  });

  it('stays paused whatever is selected, and ends where it ended when it was paused', () => {
    pauseView(1, 100);
    selectRow(1, 7, null, 200);
    stopFollowing(1, 300);
    expect(viewOf(1)).toMatchObject({ mode: 'pause', mark: 100 });
    resumeReading(1);
    expect(viewOf(1)).toMatchObject({ mode: 'read', mark: 100 });
    followEnd(1);
    expect(viewOf(1)).toMatchObject({ mode: 'follow', mark: null });
  });

  it('keeps the selected record under another filter, but not its place', () => {
    selectRow(1, 7, null, 100);
    setFilter(1, 'dir:in');
    expect(viewOf(1)).toMatchObject({ mode: 'read', position: null, mark: null });
    clearSelection(1);
    expect(viewOf(1).row).toBeNull();
  });
});
