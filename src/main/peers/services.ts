import type { Services } from '../../shared/api.ts';
import type { PeerRegistry } from './registry.ts';

export const peerServices = (peers: PeerRegistry) =>
  ({
    inspectProgram: (file) => peers.inspect(file),
    startPeer: (start) => peers.start(start),
    stopPeer: (id) => peers.get(id).stop(),
    killPeer: (id) => peers.get(id).kill(),
    suspendPeer: (id) => peers.get(id).suspend(),
    resumePeer: (id) => peers.get(id).resume(),
    tellPeer: (id, line) => peers.get(id).tell(line),
    peerOutput: (query) => peers.get(query.peer).output(query),
    removePeer: (id) => peers.remove(id),
  }) satisfies Partial<Services>;
