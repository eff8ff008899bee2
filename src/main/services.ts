import os from 'node:os';
import path from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import type { AppInfo, Services, StateEvent } from '../shared/api.ts';
import { openCapture } from './capture/capture.ts';
import { openKernel } from './kernel/open.ts';
import { SessionRegistry } from './session/registry.ts';
import { throttle } from './throttle.ts';

/** State events go out at most this often. */
const STATE_MS = 34;

/** Entry files of the worker threads, as the build or the source tree has them. */
export interface WorkerPaths {
  readonly session: string;
  readonly capture: string;
}

export interface OpenedServices {
  readonly services: Services;
  /** At most 30 events a second. Returns its own undo. */
  readonly onState: (listener: (event: StateEvent) => void) => () => void;
  /** Closes every session, commits what they recorded, ends all threads. A second call waits for the first. */
  readonly close: () => Promise<void>;
}

/** Everything a window can ask for, on one machine. Rejects with ShmscopeError where the capture can't be begun. */
export async function openServices(options: {
  readonly dataDir: string;
  readonly host: AppInfo['host'];
  readonly workers: WorkerPaths;
}): Promise<OpenedServices> {
  const kernel = await openKernel();
  const capture = await openCapture({
    folder: path.join(options.dataDir, 'captures'),
    workerPath: options.workers.capture,
  });
  const listeners = new Set<(event: StateEvent) => void>();
  const state = (): StateEvent => ({ sessions: sessions.snapshots(), capture: capture.state });
  const tell = throttle(STATE_MS, () => {
    const event = state();
    for (const listener of listeners) listener(event);
  });
  const sessions = new SessionRegistry({
    kernel,
    sink: capture,
    workerPath: options.workers.session,
    onChange: tell.soon,
  });
  const undoCapture = capture.onChange(tell.soon);

  const services: Services = {
    info: () => ({
      version: packageJson.version,
      host: options.host,
      kernel: kernel.platform,
      os: `${os.type().replace('_NT', '')} ${os.release()}`,
      bits: process.arch === 'ia32' || process.arch === 'arm' ? 32 : 64,
      pid: process.pid,
      captureFile: capture.file,
    }),
    state,
    open: (openOptions) => sessions.open(openOptions),
    send: (id, bytes) => sessions.get(id).call({ type: 'send', bytes }),
    setOverrun: (id, policy) => sessions.get(id).call({ type: 'setOverrun', policy }),
    receive: (id, mode) => sessions.get(id).call({ type: 'receive', mode }),
    cancelReceive: (id) => sessions.get(id).call({ type: 'cancelReceive' }),
    sendClose: (id) => sessions.get(id).call({ type: 'sendClose' }),
    close: (id) => sessions.get(id).close(),
    remove: (id) => sessions.remove(id),
    rows: (query) => capture.rows(query),
    payload: (query) => capture.payload(query),
    retryCapture: () => capture.retry(),
  };

  let closing: Promise<void> | undefined;
  const close = async () => {
    await sessions.close();
    await capture.close();
    undoCapture();
    tell.cancel();
  };
  return {
    services,
    onState: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
