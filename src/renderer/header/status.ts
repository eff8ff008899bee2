import type { SessionSnapshot } from '../../shared/session.ts';
import { plural } from '../format/bytes.ts';
import { visibleText } from '../format/visible.ts';

export interface Status {
  readonly text: string;
  readonly tone: 'calm' | 'warn' | 'bad';
}

/** Fewer records than this between endpoint and capture are its normal batch. */
const LAG = 2000;

/** What is to be said about a session besides its figures; empty while all is as asked for. */
export function sessionStatus(session: SessionSnapshot): readonly Status[] {
  const status: Status[] = [];
  const why = session.failure
    ? visibleText(session.failure.message) +
      (session.failure.os ? ` (OS error ${session.failure.os.code}: ${visibleText(session.failure.os.message)})` : '')
    : null;
  if (session.state === 'failed') status.push({ text: why ?? 'The session failed.', tone: 'bad' });
  else if (session.state === 'closed')
    status.push({ text: why ?? 'Closed: every handle is released. The log stays.', tone: why ? 'bad' : 'calm' });
  else if (session.state === 'opening') status.push({ text: 'Opening…', tone: 'calm' });
  else if (session.peerExited) status.push({ text: 'The peer said exit and has not sent since.', tone: 'warn' });
  const behind = session.records - session.committed;
  if (behind > LAG)
    status.push({ text: `The capture is ${plural(behind, 'record')} behind; nothing is dropped.`, tone: 'warn' });
  return status;
}
