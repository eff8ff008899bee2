import { accessWords } from '../../../shared/access.ts';
import type { EndpointSnapshot, OpenEndpoint } from '../../../shared/session.ts';
import { can } from '../../../shared/session-kind.ts';
import { type Channel, openChannel } from '../../channel/channel.ts';
import { ended, idleEndpoint } from '../live.ts';
import type { SessionParts } from '../parts.ts';
import type { Live } from '../protocol.ts';
import type { Recorder } from '../recorder.ts';
import { Responder } from './responder/responder.ts';
import { awaitServer } from './server-wait.ts';
import { type LoopEnd, SessionLoop } from './session-loop.ts';

/**
 * Opens the channel, works until it is closed, and again for each reconnect. Throws why it couldn't be opened or went
 * wrong.
 */
export function runEndpointSession(options: OpenEndpoint, parts: SessionParts): Live | null {
  const responder = new Responder(parts.recorder);
  let next = options;
  let before: Worked = { live: idleEndpoint(options), left: { to: 'close' } };
  for (;;) {
    const channel = join(next, before, parts);
    if (!channel) return null;
    before = work(channel, next, { ...parts, responder });
    if (before.left.to === 'close') return ended(before.live);
    next = { ...options, overrun: before.live.overrun, receive: before.live.receiving };
  }
}

/** What carries over from one channel of the session to the next. */
interface EndpointParts extends SessionParts {
  readonly responder: Responder;
}

/** Its state when a channel was left, and the reason. */
interface Worked {
  readonly live: Live<EndpointSnapshot>;
  readonly left: LoopEnd;
}

/** The open channel; undefined if the wait for its server was cancelled. */
function join(
  options: OpenEndpoint,
  { live: { plan, replay, responder }, left }: Worked,
  { kernel, wake, clock, inbox, holdings, recorder, post }: SessionParts,
): Channel | undefined {
  const { wait } = options;
  const isFirst = left.to === 'close';
  if (isFirst && !wait) return openedAs(openChannel(kernel, options), recorder, null);
  const began = performance.now();
  let waited = false;
  const onWait = (why: string) => {
    waited = true;
    recorder.add({ kind: 'notice', detail: `Waiting for the server: ${why}` });
    recorder.flush();
    const live = {
      ...idleEndpoint(options),
      plan,
      replay,
      responder,
      counts: recorder.tally.counts,
      records: recorder.count,
    };
    post({ type: 'waiting', why, live });
  };
  // Its number is where the section's will be: nothing else is held meanwhile.
  holdings.note([wake.lease, clock.lease]);
  const limitMs = wait?.limitMs ?? null;
  const onLook = () => {
    if (recorder.dueIn() <= 0) recorder.flush();
  };
  const channel = awaitServer(options, { kernel, wake, inbox, limitMs, isReconnect: !isFirst, onWait, onLook });
  if (!channel) recorder.end({ kind: 'closed', detail: 'Stopped waiting for the server; nothing was open.' });
  return channel && openedAs(channel, recorder, waited ? performance.now() - began : null);
}

/** Serves the open channel until it should be left, and releases it. */
function work(
  channel: Channel,
  options: OpenEndpoint,
  { kernel, wake, clock, inbox, holdings, recorder, post, steps, responder }: EndpointParts,
): Worked {
  try {
    const { section, events } = channel;
    holdings.note([section, events.s2c, events.c2s, wake, clock].map(({ lease }) => lease));
    const loop = new SessionLoop(kernel, channel, options, { wake, inbox, post, recorder, steps, responder });
    post({ type: 'opened', live: loop.live });
    const left = loop.run();
    const record = { kind: 'closed', detail: closed(left) } as const;
    if (left.to === 'close') recorder.end(record);
    else recorder.add(record);
    return { live: loop.live, left };
  } finally {
    holdings.clear();
    channel.close();
  }
}

function openedAs(channel: Channel, recorder: Recorder, waitedMs: number | null): Channel {
  recorder.add({ kind: 'opened', detail: opened(channel, waitedMs) });
  return channel;
}

const RECONNECTS = {
  asked: 'as was asked for',
  exit: 'because the server sent exit',
  moved: "because the server's header changed",
} as const;

function closed(left: LoopEnd): string {
  const released = 'the section and both events are released.';
  return left.to === 'close' ? `Closed: ${released}` : `Closed to reconnect, ${RECONNECTS[left.because]}: ${released}`;
}

function opened({ role, geometry, section, access }: Channel, waitedMs: number | null): string {
  const openers = access === null ? 'those its creator allows' : accessWords(access);
  const who = can('endpoint', role, 'create') ? ` It can be opened by ${openers}.` : '';
  const n = (bytes: number) => bytes.toLocaleString('en-US');
  const waited = waitedMs === null ? '' : ` after waiting ${n(Math.round(waitedMs))} ms`;
  return `Opened as ${role}${waited}: layout ${geometry.layout}, ${n(geometry.capacity)} bytes per direction, ${n(geometry.sectionBytes)} of the section's ${n(section.extent)} bytes used.${who}`;
}
