import type { LiveSession, SessionSnapshot, SessionState } from '../../shared/session.ts';
import { totalMessages } from '../../shared/session-counts.ts';
import { formatInteger, formatSize } from '../kit/format/bytes.ts';
import { visibleText } from '../kit/format/visible.ts';

/** The section's name as the list shows it: all but a few start with `Local\`, which is left out. */
export const shortName = (section: string): string => visibleText(section.replace(/^Local\\/, ''));

/** The state in a word, as the badge shows it. */
export function stateWord(
  session: Pick<LiveSession, 'state'> & {
    readonly waiting: unknown;
    readonly peerExited?: boolean;
    readonly abandoned?: boolean | null;
  },
): string {
  if (session.state === 'opening' && session.waiting) return 'waiting';
  if (session.state === 'open' && session.peerExited) return 'peer exited';
  if (session.state === 'closed' && session.abandoned) return 'programs left';
  return session.state satisfies SessionState;
}

/** The second line of a session in the list: "server · sized · 82/s". */
export function sessionLine(session: SessionSnapshot): string {
  const parts: string[] = [session.role];
  switch (session.kind) {
    case 'endpoint':
      if (session.layout) parts.push(session.layout);
      if (session.state !== 'open') parts.push(stateWord(session));
      else parts.push(session.peerExited ? 'exited' : `${formatInteger(session.rate)}/s`);
      break;
    case 'tap':
      if (session.layout) parts.push(session.layout);
      parts.push(session.state === 'open' ? `${formatInteger(session.rate)}/s` : stateWord(session));
      break;
    case 'raw':
      if (session.extent > 0) parts.push(formatSize(session.extent));
      if (session.state !== 'open') parts.push(session.state);
      break;
    case 'stored':
      parts.push('from a capture');
      break;
    default:
      session satisfies never;
  }
  return parts.join(' · ');
}

/** Everything about a session in the list, for a screen reader. */
export function sessionLabel(session: SessionSnapshot): string {
  const { counts } = session;
  const wrong = session.counts?.anomalies ?? 0;
  const anomalies = wrong > 0 ? `, ${formatInteger(wrong)} anomalies` : '';
  const fired = session.kind === 'stored' ? 0 : session.alarms.filter(({ state }) => state === 'fired').length;
  const alarms = fired > 0 ? `, ${formatInteger(fired)} alarms fired` : '';
  const messages = counts ? `, ${formatInteger(totalMessages(counts))} messages` : '';
  return `${visibleText(session.section)}, ${sessionLine(session)}, ${session.state}${messages}${anomalies}${alarms}`;
}
