import { captureOf } from '../../../shared/session.ts';
import { useHost } from '../../host/host-store.ts';
import { notify } from '../../host/notices-store.ts';
import { visibleText } from '../../kit/format/visible.ts';

/** Reports a capture that was opened as intact and turns out to be damaged. Returns a function that stops it. */
export function watchDamage(): () => void {
  return useHost.subscribe(({ sessions }, before) => {
    if (sessions === before.sessions) return;
    for (const session of sessions) {
      const { id, failure } = session;
      const capture = captureOf(session);
      if (capture === undefined || !failure) continue;
      const known = before.sessions.find((one) => one.id === id);
      if (known && !known.failure) notify(`Parts of ${visibleText(capture)} can't be read`, failure);
    }
  });
}
