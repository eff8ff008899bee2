import { describe, expect, it } from 'vitest';
import type { SessionSnapshot } from '../../shared/session.ts';
import { sessionStatus } from './status.ts';

const slot = { flag: 0, length: 0, highWater: 0, unreadSince: null };
const session: SessionSnapshot = {
  id: 1,
  role: 'server',
  section: 'Local\\A',
  eventS2c: 'Local\\B',
  eventC2s: 'Local\\C',
  layout: 'sized',
  capacity: 64,
  overrun: 'wait',
  state: 'open',
  failure: null,
  receiving: null,
  sending: false,
  peerExited: false,
  slots: { s2c: slot, c2s: slot },
  counts: {
    messagesIn: 0,
    messagesOut: 0,
    bytesIn: 0,
    bytesOut: 0,
    timeouts: 0,
    exits: 0,
    errors: 0,
    anomalies: 0,
  },
  rate: 0,
  records: 10,
  committed: 8,
  openedAt: 0,
  closedAt: null,
};
const texts = (change: Partial<SessionSnapshot>) => sessionStatus({ ...session, ...change }).map((s) => s.text);

describe("a session's status line", () => {
  it('says nothing while all is as asked for', () => {
    expect(texts({})).toEqual([]);
  });

  it('gives the reason of a failure with what the system said, made visible', () => {
    const failure = { code: 'os-error', message: 'Gone.', os: { code: 5, message: 'Access is denied.\r\n' } } as const;
    expect(texts({ state: 'failed', failure })).toEqual(['Gone. (OS error 5: Access is denied.\\r\\n)']);
  });

  it('tells an asked-for end from one that was not', () => {
    expect(sessionStatus({ ...session, state: 'closed' })[0]?.tone).toBe('calm');
    const failure = { code: 'worker-died', message: 'The worker died.' } as const;
    expect(sessionStatus({ ...session, state: 'closed', failure })[0]).toEqual({
      text: 'The worker died.',
      tone: 'bad',
    });
  });

  it('says when the peer left and when the capture lags, both where both are so', () => {
    expect(texts({ peerExited: true, records: 100_000, committed: 50_000 })).toEqual([
      'The peer said exit and has not sent since.',
      'The capture is 50,000 records behind; nothing is dropped.',
    ]);
  });
});
