import { Alert16Filled } from '@fluentui/react-icons';
import type { AlarmState } from '../../../shared/alarm/alarm.ts';
import type { LiveSession } from '../../../shared/session.ts';
import { hostNow } from '../../host/host-clock.ts';
import { useLive } from '../../host/host-store.ts';
import { formatInteger, plural } from '../../kit/format/bytes.ts';
import './alarms.css';

/** µs that a firing is news. */
const FRESH = 3_000_000;

const newest = (alarms: readonly AlarmState[]) =>
  alarms.reduce<AlarmState['last']>((found, { last }) => (last && last.seq > (found?.seq ?? -1) ? last : found), null);

const isFresh = (began: number, mono: number) => hostNow().mono - began - mono < FRESH;

/** Lies behind the words of a session's entry in the list and flashes when an alarm fires. */
export function AlarmFlash({ session }: { session: number }) {
  const seen = useLive(session, (s) => {
    const last = newest(s.alarms);
    return { began: s.began, seq: last?.seq ?? null, mono: last?.mono ?? 0 };
  });
  if (!seen || seen.seq === null || !isFresh(seen.began, seen.mono)) return null;
  return <span key={seen.seq} className="alarm-flash calm" aria-hidden="true" />;
}

/** How many of a session's alarms have fired and aren't armed again; hidden if none. */
export function AlarmMark({ session }: { session: Pick<LiveSession, 'alarms'> }) {
  const fired = session.alarms.filter(({ state }) => state === 'fired').length;
  if (fired === 0) return null;
  return (
    <span className="bad alarm-mark" title={`${plural(fired, 'alarm')} fired`}>
      <Alert16Filled aria-hidden="true" /> {formatInteger(fired)}
    </span>
  );
}
