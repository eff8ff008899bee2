import capture from './capture/worker?modulePath';
import demoPeer from './demo/peer-thread?modulePath';
import discovery from './discovery/worker?modulePath';
import job from './jobs/worker?modulePath';
import replay from './replay/worker?modulePath';
import session from './session/worker?modulePath';
import types from './types/worker?modulePath';

/**
 * The worker threads' entry files in the build. Only the hosts' entries may import this: it exists only for the
 * bundler.
 */
export const workers = { session, replay, capture, job, discovery, types, demoPeer };
