import type { Services } from '../shared/api.ts';
import type { ChannelDiscovery } from './discovery/discovery.ts';
import type { SessionRegistry } from './session/registry.ts';

/** A session's channel is watched by its own thread, which has followed it from the beginning. */
export const lensServices = (sessions: SessionRegistry, discovery: ChannelDiscovery) =>
  ({
    lens: (target) =>
      target.of === 'session' ? sessions.get(target.id).call({ type: 'lens' }) : discovery.lens(target.name),
  }) satisfies Partial<Services>;
