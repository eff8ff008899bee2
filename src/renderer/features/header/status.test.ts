import { describe, expect, it } from 'vitest';
import { recordsBehind, type StatusOf, sessionStatus } from './status.ts';

const session: StatusOf = {
  ...{ state: 'open', waiting: null, failure: null, peerExited: false, behind: 0 },
};
const texts = (change: Partial<StatusOf>) => sessionStatus({ ...session, ...change }).map((s) => s.text);

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

  it('tells a tap that let go because both programs have gone', () => {
    expect(texts({ state: 'closed', abandoned: true })[0]).toContain('Both programs have left');
    const failure = { code: 'worker-died', message: 'The worker died.' } as const;
    expect(texts({ state: 'closed', abandoned: true, failure })).toEqual(['The worker died.']);
  });

  it('says whom a session waits for', () => {
    const waiting = { why: 'There is none.', since: 0 };
    expect(texts({ state: 'opening', waiting, awaited: 'the channel' })).toEqual([
      'Waiting for the channel: There is none.',
    ]);
  });

  it('says what a client waits for', () => {
    const waiting = { why: 'There is no section named "x\u202e". Start it.', since: 0 };
    const [status] = sessionStatus({ ...session, state: 'opening', waiting });
    expect(status?.text).toMatch(/^Waiting for the server: There is no section named "x[^\u202e]+"\.$/);
  });

  it('says when the peer left and when the capture lags, both where both are so', () => {
    expect(texts({ peerExited: true, behind: 50_000 })).toEqual([
      'The peer sent exit and nothing since.',
      'The capture is 50,000 records behind; nothing is dropped.',
    ]);
  });

  it('takes the batch on its way into the capture for no lag', () => {
    expect(recordsBehind({ records: 10_500, committed: 10_000 })).toBe(0);
    expect(recordsBehind({ records: 60_000, committed: 10_000 })).toBe(50_000);
  });
});
