import { parentPort } from 'node:worker_threads';
import { type Failure, toFailure } from '../../shared/failure.ts';
import type { OpenOptions } from '../../shared/session.ts';
import { laneOf } from '../../shared/session-kind.ts';
import { channelFailure } from '../channel/open-failure.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { openKernel } from '../kernel/open.ts';
import { logInternalFailures } from '../log/watch.ts';
import { Alarms } from './alarms/alarms.ts';
import { runEndpointSession } from './endpoint/endpoint-session.ts';
import { lookOut } from './lookout/lookout-loop.ts';
import type { LookoutAssignment } from './lookout/protocol.ts';
import { type SessionParts, withParts } from './parts.ts';
import type { Assignment, Live, WorkerMessage } from './protocol.ts';
import { runRawSession } from './raw/raw-session.ts';
import { Recorder } from './recorder.ts';
import { StepDriver } from './steps/step-driver.ts';
import { runTapSession } from './tap/tap-session.ts';

type Work<O extends OpenOptions = OpenOptions> = (options: O, parts: SessionParts) => Live | null;

/** What a session of each kind does on its thread. Throws why it could not be opened or went wrong. */
const WORK: { readonly [K in OpenOptions['kind']]: Work<Extract<OpenOptions, { kind: K }>> } = {
  endpoint: runEndpointSession,
  tap: runTapSession,
  raw: runRawSession,
};

/**
 * Entry point of a session's worker: takes one session after another. It is reused, because starting and ending threads
 * over and over is a known crash in Electron on Windows. Another of these threads looks out for resting taps.
 */
logInternalFailures();
const kernel = await openKernel();
parentPort?.on('message', (assignment: Assignment | LookoutAssignment) => {
  if (!('lookout' in assignment)) return serve(kernel, assignment);
  lookOut(kernel, assignment);
  parentPort?.close();
});
parentPort?.postMessage('ready');

function serve(kernel: Kernel, assignment: Assignment): void {
  const { session, began, options, commands, records } = assignment;
  const recorder = new Recorder(session, records, began);
  const alarms = new Alarms(recorder, assignment.alarms, options);
  recorder.observer = alarms;
  const post = (message: WorkerMessage) => {
    commands.postMessage(message);
    if ('live' in message && message.live) showSlots(alarms, message.live);
  };
  const steps = assignment.doesSteps ? stepsOf(options.role) : null;
  recorder.follower = steps;
  let end: { failure: Failure | null; live: Live | null };
  try {
    const work = WORK[options.kind] as Work;
    const live = withParts(kernel, assignment, { recorder, post, steps }, (parts) => work(options, parts));
    end = { failure: null, live };
  } catch (error) {
    end = { failure: toFailure(channelFailure(error)), live: null };
    recordFailure(recorder, end.failure as Failure);
  } finally {
    recorder.close();
  }
  post({ type: 'ended', ...end, anomalies: steps?.anomalies ?? [] });
  commands.close();
  assignment.alarms.port.close();
}

/** An end is told about the messages that it receives, a tap about those of both lanes. */
const stepsOf = (role: OpenOptions['role']) =>
  new StepDriver(role === 'server' || role === 'client' ? laneOf(role, 'in') : null);

/** Alarms use the same slot states as the window: every kind of session reports those as soon as they change. */
function showSlots(alarms: Alarms, live: Live): void {
  if ('slots' in live) alarms.slots({ s2c: live.slots.s2c.unreadSince, c2s: live.slots.c2s.unreadSince });
}

function recordFailure(recorder: Recorder, { code, message: detail }: Failure): void {
  if (code === 'section-too-small') recorder.add({ kind: 'anomaly', code, detail });
  recorder.end({ kind: 'error', code, detail });
}
