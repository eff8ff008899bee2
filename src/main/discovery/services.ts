import type { Services } from '../../shared/api.ts';
import type { ChannelDiscovery } from './discovery.ts';

export const discoveryServices = (discovery: ChannelDiscovery) =>
  ({
    discover: (query) => discovery.discover(query),
    channelDetails: (section) => discovery.details(section),
  }) satisfies Partial<Services>;
