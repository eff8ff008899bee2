import type { Services } from '../../shared/api.ts';
import type { SessionRegistry } from './registry.ts';

export const sessionServices = (sessions: SessionRegistry) =>
  ({
    open: (options) => sessions.open(options),
    send: (id, bytes) => sessions.get(id).call({ type: 'send', bytes }),
    startSending: (id, plan) => sessions.get(id).call({ type: 'startSending', plan }),
    stopSending: (id) => sessions.get(id).call({ type: 'stopSending' }),
    setOverrun: (id, policy) => sessions.get(id).call({ type: 'setOverrun', policy }),
    receive: (id, mode) => sessions.get(id).call({ type: 'receive', mode }),
    cancelReceive: (id) => sessions.get(id).call({ type: 'cancelReceive' }),
    sendClose: (id) => sessions.get(id).call({ type: 'sendClose' }),
    reconnect: (id) => sessions.get(id).call({ type: 'reconnect' }),
    setTapMode: (id, mode) => sessions.get(id).call({ type: 'setTapMode', mode }),
    rawBytes: (id, query) => sessions.get(id).call({ type: 'rawBytes', ...query }),
    watchFrom: (id, offset) => sessions.get(id).call({ type: 'watchFrom', offset }),
    takeSnapshot: (id) => sessions.get(id).call({ type: 'takeSnapshot' }),
    setSnapshotInterval: (id, ms) => sessions.get(id).call({ type: 'setSnapshotInterval', ms }),
    setAlarms: (id, texts) => sessions.get(id).setAlarms(texts),
    close: (id) => sessions.get(id).close(),
    remove: (id) => sessions.remove(id),
  }) satisfies Partial<Services>;
