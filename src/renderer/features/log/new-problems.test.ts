import { expect, test } from 'vitest';
import type { SessionSnapshot } from '../../../shared/session.ts';
import type { SessionKind } from '../../../shared/session-kind.ts';
import { NewProblems } from './new-problems.ts';

const session = (id: number, anomalies: number, kind: SessionKind = 'endpoint') =>
  ({
    id,
    kind,
    role: 'server',
    section: `Local\\S${id}`,
    counts: { anomalies, errors: 0, alarms: 0 },
  }) as SessionSnapshot;

test('what came since the last time is reported for every session, once', () => {
  const problems = new NewProblems([session(1, 5), session(2, 0)]);
  expect(problems.take([session(1, 5), session(2, 0)])).toBeNull();
  expect(problems.take([session(1, 1005), session(2, 1)])).toBe(
    '1,000 new anomalies, errors and alarms in S1, 1,005 in all; 1 new anomaly, error or alarm in S2, 1 in all.',
  );
  expect(problems.take([session(1, 1005), session(2, 1)])).toBeNull();
});

test('a session that was opened meanwhile is reported from its first record, one from a capture is not', () => {
  const problems = new NewProblems([]);
  const opened = [session(1, 2), session(2, 9, 'stored')];
  expect(problems.take(opened)).toBe('2 new anomalies, errors and alarms in S1, 2 in all.');
  expect(problems.take(opened)).toBeNull();
});
