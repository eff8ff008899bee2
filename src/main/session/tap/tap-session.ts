import { toFailure } from '../../../shared/failure.ts';
import type { OpenTap, TapMode } from '../../../shared/session.ts';
import { channelFailure } from '../../channel/open-failure.ts';
import { OpenedChannel } from '../../channel/tap/tapped-channel.ts';
import { idleTap } from '../live.ts';
import type { SessionParts } from '../parts.ts';
import type { Live } from '../protocol.ts';
import { awaitChannel } from './channel-wait.ts';
import { wasSampled } from './sentences.ts';
import { TapLoop } from './tap-loop.ts';

/**
 * Opens the channel to look at it, looks until it is closed or both ends have let go of it, and again for each next
 * channel if it follows. Throws why it couldn't be opened or went wrong.
 */
export function runTapSession(options: OpenTap, parts: SessionParts): Live | null {
  let { mode } = options;
  for (let isFirst = true; ; isFirst = false) {
    const joined = join({ ...options, mode }, isFirst, parts);
    if (!joined) return null;
    const worked = work(joined, { ...options, mode }, parts);
    if (worked.isOver) return worked.live;
    mode = worked.mode;
  }
}

interface Joined {
  readonly channel: OpenedChannel;
  /** null if it was there already. */
  readonly waitedMs: number | null;
}

/** The open channel; undefined if the wait for it was cancelled. */
function join(options: OpenTap, isFirst: boolean, parts: SessionParts): Joined | undefined {
  const { kernel, wake, clock, inbox, holdings, recorder, post } = parts;
  const { wait } = options;
  if (isFirst && !wait) return { channel: new OpenedChannel(kernel, options), waitedMs: null };
  const began = performance.now();
  let waited = false;
  const onWait = (why: string) => {
    waited = true;
    recorder.add({ kind: 'notice', detail: `Waiting for the channel: ${why}` });
    recorder.flush();
    post({
      type: 'waiting',
      why,
      live: { ...idleTap(options), counts: recorder.tally.counts, records: recorder.count },
    });
  };
  // Nothing else is held meanwhile.
  holdings.note([wake.lease, clock.lease]);
  const onLook = () => {
    if (recorder.dueIn() <= 0) recorder.flush();
  };
  const limitMs = isFirst ? (wait?.limitMs ?? null) : null;
  const channel = awaitChannel(options, { kernel, wake, inbox, limitMs, onWait, onLook });
  if (!channel) recorder.end({ kind: 'closed', detail: 'Stopped waiting for the channel; nothing was open.' });
  return channel && { channel, waitedMs: waited ? performance.now() - began : null };
}

interface Worked {
  readonly live: Live;
  readonly mode: TapMode;
  readonly isOver: boolean;
}

/** Looks at the open channel until it should be left, and releases it. */
function work({ channel, waitedMs }: Joined, options: OpenTap, parts: SessionParts): Worked {
  const { kernel, wake, clock, holdings, rest, recorder } = parts;
  const note = () => holdings.note([...channel.leases, wake.lease, clock.lease]);
  const loop = new TapLoop(kernel, channel, options, parts, note);
  try {
    note();
    const end = loop.run(waitedMs);
    const isOver = end === 'close' || !options.follow;
    const why = end === 'close' ? CLOSED : options.follow ? FOLLOWS : ABANDONED;
    const record = { kind: 'closed', detail: [why, wasSampled(loop.sampled)].filter(Boolean).join(' ') } as const;
    if (isOver) recorder.end(record);
    else recorder.add(record);
    return { live: loop.live, mode: loop.mode, isOver };
  } catch (error) {
    const detail = wasSampled(loop.sampled);
    if (detail) recorder.add({ kind: 'notice', detail });
    if (!options.follow) throw error;
    const { code, message } = toFailure(channelFailure(error));
    if (code !== 'channel-lost') throw error;
    recorder.add({ kind: 'error', code, detail: message });
    return { live: loop.live, mode: loop.mode, isOver: false };
  } finally {
    rest.end();
    holdings.clear();
    channel.close();
  }
}

const CLOSED = 'Closed: the tap has released the section and both events.';
const GONE = 'Both ends have closed the channel, so the tap has released it too.';
const ABANDONED = `Closed: ${GONE}`;
const FOLLOWS = `${GONE} It waits for the next one.`;
