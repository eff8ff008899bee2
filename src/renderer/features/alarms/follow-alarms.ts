import type { Api } from '../../../shared/api.ts';
import { isLive, isOnChannel, type LiveSession } from '../../../shared/session.ts';
import { useHost } from '../../host/host-store.ts';
import { orNotify } from '../../host/notices-store.ts';
import { shortName } from '../../view/session-text.ts';
import { alarmsOf, useKeptAlarms } from './alarm-store.ts';
import { notifySystem } from './system-notification.ts';

/**
 * Gives every open session the alarms that are kept for its channel, also when they change, and has the system notify
 * when one fires. Returns a function that stops it.
 */
export function followAlarms(api: Pick<Api, 'setAlarms'>): () => void {
  const given = new Map<number, readonly string[]>();
  let epoch = useHost.getState().epoch;
  const give = () => {
    const { sessions, epoch: now } = useHost.getState();
    if (now !== epoch) given.clear();
    epoch = now;
    for (const session of sessions) {
      if (!isOnChannel(session) || (session.state !== 'open' && session.state !== 'opening')) continue;
      const texts = alarmsOf(useKeptAlarms.getState(), session.section);
      const before = given.get(session.id) ?? session.alarms.map(({ text }) => text);
      given.set(session.id, texts);
      if (JSON.stringify(texts) === JSON.stringify(before)) continue;
      void orNotify(`Couldn't set the alarms of ${shortName(session.section)}`, api.setAlarms(session.id, [...texts]));
    }
  };
  const undoSessions = useHost.subscribe((state, before) => {
    if (state.sessions === before.sessions) return;
    give();
    for (const session of state.sessions) {
      const known = before.sessions.find(({ id }) => id === session.id);
      if (isLive(session) && known && isLive(known) && session.alarms !== known.alarms) tellFired(session, known);
    }
  });
  const undoKept = useKeptAlarms.subscribe(give);
  give();
  return () => {
    undoSessions();
    undoKept();
  };
}

function tellFired(session: LiveSession, before: LiveSession): void {
  if (!useKeptAlarms.getState().notify) return;
  for (const { text, count, last } of session.alarms) {
    const known = before.alarms.find((alarm) => alarm.text === text);
    if (last && count > (known?.count ?? 0))
      notifySystem({ title: `${shortName(session.section)}: ${text}`, body: last.says, tag: `${session.id} ${text}` });
  }
}
