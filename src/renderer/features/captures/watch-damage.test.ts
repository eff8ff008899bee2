import { afterEach, expect, test } from 'vitest';
import type { Failure } from '../../../shared/failure.ts';
import type { SessionSnapshot } from '../../../shared/session.ts';
import { useHost } from '../../host/host-store.ts';
import { useNotices } from '../../host/notices-store.ts';
import { watchDamage } from './watch-damage.ts';

const DAMAGE: Failure = { code: 'capture-damaged', message: 'old.sqlite is damaged: 7 are missing.' };
const session = (failure: Failure | null, capture?: string) =>
  ({ id: 1_000_000, kind: capture ? 'stored' : 'endpoint', role: 'server', failure, capture }) as SessionSnapshot;
const told = () => useNotices.getState().notices.map(({ title, about }) => [title, about]);
const undo = watchDamage();
afterEach(() => {
  useHost.setState({ sessions: [] });
  useNotices.setState({ notices: [] });
});

test('damage that is found after opening is reported once', () => {
  useHost.setState({ sessions: [session(null, 'old.sqlite')] });
  expect(told()).toEqual([]);
  useHost.setState({ sessions: [session(DAMAGE, 'old.sqlite')] });
  useHost.setState({ sessions: [session(DAMAGE, 'old.sqlite')] });
  expect(told()).toEqual([["Parts of old.sqlite can't be read", DAMAGE]]);
});

test('what opening told, and what fails a live session, is not reported again', () => {
  useHost.setState({ sessions: [session(DAMAGE, 'old.sqlite')] });
  useHost.setState({ sessions: [session(null)] });
  useHost.setState({ sessions: [session(DAMAGE)] });
  expect(told()).toEqual([]);
});

test('undone, it says nothing', () => {
  undo();
  useHost.setState({ sessions: [session(null, 'old.sqlite')] });
  useHost.setState({ sessions: [session(DAMAGE, 'old.sqlite')] });
  expect(told()).toEqual([]);
});
