import type { Anomaly, Lane } from '../domain.ts';
import { counterOf } from '../record-kind.ts';
import { eachStep, type Scenario } from './model.ts';

/** An anomaly that a session has recorded, with its first record and its count. */
export interface SeenAnomaly {
  readonly code: Anomaly;
  readonly lane: Lane | null;
  readonly seq: number;
  readonly count: number;
  readonly detail: string;
}

export interface ReportedAnomaly extends SeenAnomaly {
  readonly session: string;
  /** In the list of sessions. */
  readonly id: number;
}

type Rules = Pick<Scenario, 'anomalies' | 'sessions' | 'peers' | 'steps'>;

/**
 * Whether an anomaly on this channel is expected. All sessions of a channel see the same thing, so it is enough if a
 * step expects it from one of them. What a tap missed isn't the channel's fault.
 */
export function isMeant({ anomalies, sessions, peers, steps }: Rules, channel: string, code: Anomaly): boolean {
  if (anomalies === 'allow' || counterOf('anomaly', code) !== 'anomalies') return true;
  if (anomalies?.includes(code)) return true;
  return [...eachStep(steps)].some(({ step }) => {
    if (step.do === 'expect-anomaly') return step.anomaly === code && sessions[step.session]?.channel === channel;
    // A fault's test knows what it does; with a list it is explicit.
    return anomalies === undefined && step.do === 'fault' && isFaultOn(step, peers, channel);
  });
}

/** Whether a program on this channel is made to misbehave. */
export const hasFault = ({ peers, steps }: Pick<Rules, 'peers' | 'steps'>, channel: string): boolean =>
  [...eachStep(steps)].some(({ step }) => step.do === 'fault' && isFaultOn(step, peers, channel));

const isFaultOn = (
  { what, peer }: { readonly what: string; readonly peer: string },
  peers: Rules['peers'],
  channel: string,
): boolean => what === 'misbehave' && peers[peer]?.channel === channel;

export const anomalyWords = ({ session, code, lane, count, detail }: ReportedAnomaly): string => {
  const times = count > 1 ? ` ${count.toLocaleString('en')} times` : '';
  return `${session} recorded the anomaly ${code}${lane === null ? '' : ` in ${lane}`}${times}, which no step expects: ${detail}`;
};

/** Why a scenario has failed because of these, and what to do about it; null for none. */
export const anomaliesReason = (all: readonly ReportedAnomaly[]): string | null =>
  all.length === 0
    ? null
    : `${all.map(anomalyWords).join(' ')} If that is meant, expect it with expect-anomaly, or name it in anomalies.`;
