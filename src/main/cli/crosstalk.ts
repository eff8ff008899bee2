import { watchCrosstalk } from '../crosstalk.ts';
import { ChannelDiscovery } from '../discovery/discovery.ts';
import type { SessionRegistry } from '../session/registry.ts';

/** Tells the sessions of a command about channels that use their events. `workerPath`: of the discovery thread. */
export function hearCrosstalk(sessions: SessionRegistry, workerPath: string) {
  const discovery = new ChannelDiscovery(workerPath);
  const watch = watchCrosstalk(sessions, discovery);
  return {
    /** Call it when anything about the sessions has changed. */
    changed: () => watch.changed(),
    /** Before the sessions are closed. */
    close: () => {
      watch.close();
      return discovery.close();
    },
  };
}
