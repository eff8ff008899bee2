import { LANES, type Lane } from '../../../shared/domain.ts';
import { hasPeerExited, isOnChannel, type LiveSession } from '../../../shared/session.ts';
import { LANE_VIEW_WORDS } from '../../../shared/session-kind.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import { formatInteger, plural } from '../../kit/format/bytes.ts';
import { formatSpan } from '../../kit/format/time.ts';
import { stateWord } from '../../view/session-text.ts';
import { MODE_WORDS } from '../tap/words.ts';

/** µs as a button shows them: "10 s", "5 min". */
export const spanLabel = (micros: number): string =>
  micros < 60_000_000 ? `${micros / 1_000_000} s` : `${micros / 60_000_000} min`;

/**
 * What happened in one bucket: "S→C 3 · C→S 2, unread 12 ms · 1 anomaly"; if nothing did: "nothing". `standing`: lanes
 * whose message is still unread.
 */
export function momentWords(timeline: Timeline, bucket: number, standing: readonly Lane[]): string {
  const lanes = LANES.flatMap((lane) => {
    const messages = timeline[lane].messages[bucket] ?? 0;
    const unread = timeline[lane].unread[bucket] ?? 0;
    const isStanding = standing.includes(lane);
    if (messages === 0 && unread === 0 && !isStanding) return [];
    const how = isStanding ? ', unread' : unread > 0 ? `, unread ${formatSpan(unread)}` : '';
    return [`${LANE_VIEW_WORDS[lane]} ${formatInteger(messages)}${how}`];
  });
  const wrong = (timeline.anomalies[bucket] ?? 0) + (timeline.errors[bucket] ?? 0);
  const alarms = timeline.alarms[bucket] ?? 0;
  const parts = [
    ...lanes,
    ...(wrong > 0 ? [plural(wrong, 'anomaly or error', 'anomalies and errors')] : []),
    ...(alarms > 0 ? [plural(alarms, 'alarm')] : []),
  ];
  return parts.length > 0 ? parts.join(' · ') : 'nothing';
}

/** What a strip shows, for those who can't see it. */
export function stripWords(timeline: Timeline | undefined): string {
  if (!timeline) return 'No messages in this time';
  const [s2c, c2s] = LANES.map((lane) => timeline[lane].messages.reduce((sum, n) => sum + n, 0));
  const wrong = [...timeline.anomalies, ...timeline.errors].reduce((sum, n) => sum + n, 0);
  return `${formatInteger(s2c ?? 0)} messages server to client, ${formatInteger(c2s ?? 0)} client to server, ${plural(wrong, 'anomaly or error', 'anomalies and errors')} in this time`;
}

/** What is wrong or may be missing in a session: worst first. */
export interface Complaint {
  readonly text: string;
  readonly tone: 'calm' | 'warn' | 'bad';
}

export function complaintsOf(session: LiveSession): readonly Complaint[] {
  const { errors, anomalies, missed } = session.counts;
  const complaints: Complaint[] = [
    ...(errors > 0 ? [{ text: plural(errors, 'error'), tone: 'bad' } as const] : []),
    ...(anomalies > 0 ? [{ text: `▲ ${formatInteger(anomalies)}`, tone: 'bad' } as const] : []),
    ...(missed > 0 ? [{ text: `${formatInteger(missed)} missed`, tone: 'warn' } as const] : []),
  ];
  return complaints.length > 0 ? complaints : [{ text: 'no anomalies', tone: 'calm' }];
}

/** What a session is and its state, without its rate: "tap · sized · adaptive". */
export function watchLine(session: LiveSession): string {
  const parts: string[] = [session.role];
  if (isOnChannel(session) && session.layout) parts.push(session.layout);
  const state = stateWord({ ...session, peerExited: hasPeerExited(session) });
  if (state !== 'open') parts.push(state);
  else if (session.kind === 'tap') parts.push(MODE_WORDS[session.mode].label);
  return parts.join(' · ');
}
