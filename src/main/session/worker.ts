import { parentPort } from 'node:worker_threads';
import { type Failure, toFailure } from '../../shared/failure.ts';
import { openChannel } from '../channel/channel.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { openKernel } from '../kernel/open.ts';
import type { Assignment, LiveSnapshot, WorkerMessage } from './protocol.ts';
import { Recorder } from './recorder.ts';
import { SessionLoop } from './session-loop.ts';

/**
 * Entry of an endpoint worker: takes one session after another. It is kept and used again, because starting and ending
 * threads over and over is a known crash in Electron on Windows.
 */
const kernel = await openKernel();
parentPort?.on('message', (assignment: Assignment) => serve(kernel, assignment));
parentPort?.postMessage('ready');

function serve(kernel: Kernel, { session, options, wake, commands, records }: Assignment): void {
  const recorder = new Recorder(session, records);
  const post = (message: WorkerMessage) => commands.postMessage(message);
  let failure: Failure | null = null;
  let live: LiveSnapshot | null = null;
  let closing: number | null = null;
  try {
    const channel = openChannel(kernel, options);
    try {
      const { layout, capacity, sectionBytes } = channel.geometry;
      recorder.add({
        kind: 'opened',
        detail: opened(options.role, layout, capacity, sectionBytes, channel.section.extent),
      });
      post({ type: 'opened', layout, capacity });
      const loop = new SessionLoop(kernel, channel, options, { wake: kernel.attachEvent(wake), commands, recorder });
      try {
        closing = loop.run();
      } finally {
        live = loop.live;
      }
      recorder.add({ kind: 'closed', detail: 'Closed: the section and both events are released.' });
    } finally {
      channel.close();
    }
  } catch (error) {
    failure = toFailure(error);
    if (failure.code === 'section-too-small') {
      recorder.add({ kind: 'anomaly', code: failure.code, detail: failure.message });
    }
    recorder.add({ kind: 'error', code: failure.code, detail: failure.message });
  } finally {
    recorder.close();
  }
  if (closing !== null) post({ type: 'reply', id: closing, result: { ok: true, value: undefined } });
  post({
    type: 'ended',
    failure,
    live: live && { ...live, receiving: null, sending: false, records: recorder.count, counts: recorder.tally.counts },
  });
  commands.close();
}

function opened(role: string, layout: string, capacity: number, needed: number, extent: number): string {
  const n = (bytes: number) => bytes.toLocaleString('en-US');
  return `Opened as ${role}: layout ${layout}, ${n(capacity)} bytes each way, ${n(needed)} of the section's ${n(extent)} bytes used.`;
}
