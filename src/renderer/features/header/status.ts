import type { LiveSession, SessionSnapshot } from '../../../shared/session.ts';
import { plural } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';

export interface Status {
  readonly text: string;
  readonly tone: 'calm' | 'warn' | 'bad';
}

/** Fewer records than this between endpoint and capture are its normal batch. */
const LAG = 2000;

export interface StatusOf extends Pick<SessionSnapshot, 'state' | 'failure'>, Partial<Pick<LiveSession, 'waiting'>> {
  /** Whom it waits for, in words. */
  readonly awaited?: string;
  readonly peerExited?: boolean;
  /** A tap: both ends have let go of the channel. */
  readonly abandoned?: boolean;
  /** See {@link recordsBehind}. */
  readonly behind?: number;
}

/** Records by which the capture lags; 0 while that is no more than usual. */
export function recordsBehind({ records, committed }: Pick<LiveSession, 'records' | 'committed'>): number {
  return records - committed > LAG ? records - committed : 0;
}

/** The log has the rest, as long as the wait lasts. */
const firstSentence = (text: string) => text.split(/(?<=\.) /, 1)[0] ?? text;

/** What there is to say about a session besides its figures; empty if all is well. */
export function sessionStatus(session: StatusOf): readonly Status[] {
  const status: Status[] = [];
  const why = session.failure
    ? visibleText(session.failure.message) +
      (session.failure.os ? ` (OS error ${session.failure.os.code}: ${visibleText(session.failure.os.message)})` : '')
    : null;
  if (session.state === 'failed') status.push({ text: why ?? 'The session failed.', tone: 'bad' });
  else if (session.state === 'closed' && session.abandoned && !why)
    status.push({ text: 'Both programs have left, so the tap released the channel. The log is kept.', tone: 'calm' });
  else if (session.state === 'closed')
    status.push({ text: why ?? 'Closed. All handles are released; the log stays.', tone: why ? 'bad' : 'calm' });
  else if (session.waiting)
    status.push({
      text: `Waiting for ${session.awaited ?? 'the server'}: ${visibleText(firstSentence(session.waiting.why))}`,
      tone: 'warn',
    });
  else if (session.state === 'opening') status.push({ text: 'Opening…', tone: 'calm' });
  else if (session.peerExited) status.push({ text: 'The peer sent exit and nothing since.', tone: 'warn' });
  if (session.behind)
    status.push({
      text: `The capture is ${plural(session.behind, 'record')} behind; nothing is dropped.`,
      tone: 'warn',
    });
  return status;
}
