import { watchCrosstalk } from '../crosstalk.ts';
import { ChannelDiscovery } from '../discovery/discovery.ts';
import type { SessionRegistry } from '../session/registry.ts';

/**
 * Has the sessions of a command told of channels that use their events. `workerPath`: of the thread that finds them.
 */
export function hearCrosstalk(sessions: SessionRegistry, workerPath: string) {
  const discovery = new ChannelDiscovery(workerPath);
  const watch = watchCrosstalk(sessions, discovery);
  return {
    /** To be called when anything about the sessions has changed. */
    changed: () => watch.changed(),
    /** Before the sessions are. */
    close: () => {
      watch.close();
      return discovery.close();
    },
  };
}
