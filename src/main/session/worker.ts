import { parentPort } from 'node:worker_threads';
import { type Failure, toFailure } from '../../shared/failure.ts';
import { type Channel, openChannel } from '../channel/channel.ts';
import { channelFailure } from '../channel/open-failure.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { openKernel } from '../kernel/open.ts';
import { logInternalFailures } from '../log/watch.ts';
import { Holdings } from './holdings.ts';
import type { Assignment, LiveSnapshot, WorkerMessage } from './protocol.ts';
import { Recorder } from './recorder.ts';
import { SessionLoop } from './session-loop.ts';

/**
 * Entry of an endpoint worker: takes one session after another. It is kept and used again, because starting and ending
 * threads over and over is a known crash in Electron on Windows.
 */
logInternalFailures();
const kernel = await openKernel();
parentPort?.on('message', (assignment: Assignment) => serve(kernel, assignment));
parentPort?.postMessage('ready');

function serve(kernel: Kernel, assignment: Assignment): void {
  const { session, began, commands, records } = assignment;
  const recorder = new Recorder(session, records, began);
  const post = (message: WorkerMessage) => commands.postMessage(message);
  let end: { failure: Failure | null; live: LiveSnapshot | null };
  try {
    end = { failure: null, live: attend(kernel, assignment, recorder, post) };
  } catch (error) {
    end = { failure: toFailure(channelFailure(error)), live: null };
    recordFailure(recorder, end.failure as Failure);
  } finally {
    recorder.close();
  }
  post({ type: 'ended', ...end });
  commands.close();
}

/** Opens the channel, works until it is closed, releases it. Throws why it couldn't be opened or went wrong. */
function attend(
  kernel: Kernel,
  { options, wake, commands, holdings: buffer }: Assignment,
  recorder: Recorder,
  post: (message: WorkerMessage) => void,
): LiveSnapshot {
  const wakeEvent = kernel.attachEvent(wake);
  const clock = kernel.clock();
  const holdings = new Holdings(buffer);
  let channel: Channel | undefined;
  try {
    channel = openChannel(kernel, options);
    const { section, events } = channel;
    holdings.note([section, events.s2c, events.c2s, wakeEvent, clock].map(({ lease }) => lease));
    recorder.add({ kind: 'opened', detail: opened(options.role, channel) });
    post({ type: 'opened', layout: channel.geometry.layout, capacity: channel.geometry.capacity });
    const loop = new SessionLoop(kernel, channel, options, { wake: wakeEvent, commands, recorder });
    loop.run();
    recorder.end({ kind: 'closed', detail: 'Closed: the section and both events are released.' });
    return { ...loop.live, receiving: null, sending: false };
  } finally {
    holdings.clear();
    channel?.close();
    wakeEvent.close();
    clock.close();
  }
}

function recordFailure(recorder: Recorder, { code, message: detail }: Failure): void {
  if (code === 'section-too-small') recorder.add({ kind: 'anomaly', code, detail });
  recorder.end({ kind: 'error', code, detail });
}

function opened(role: string, { geometry, section }: Channel): string {
  const n = (bytes: number) => bytes.toLocaleString('en-US');
  return `Opened as ${role}: layout ${geometry.layout}, ${n(geometry.capacity)} bytes each way, ${n(geometry.sectionBytes)} of the section's ${n(section.extent)} bytes used.`;
}
