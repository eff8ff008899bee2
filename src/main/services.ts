import os from 'node:os';
import path from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import type { AppInfo, Services, StateEvent } from '../shared/api.ts';
import { ShmscopeError } from '../shared/failure.ts';
import type { KeptTexts } from '../shared/kept.ts';
import { typesFor } from '../shared/types/compiled/prune.ts';
import { openCapture } from './capture/capture.ts';
import { CaptureLibrary } from './capture/library/library.ts';
import { keepRetention } from './capture/library/retention.ts';
import { captureServices } from './capture/library/services.ts';
import { watchCrosstalk } from './crosstalk.ts';
import { DeclaredTypes } from './declared-types.ts';
import { ChannelDiscovery } from './discovery/discovery.ts';
import { discoveryServices } from './discovery/services.ts';
import { JobRegistry } from './jobs/registry.ts';
import { jobServices } from './jobs/services.ts';
import { KeptStore } from './kept.ts';
import { openKernel, openProcessControl } from './kernel/open.ts';
import { lensServices } from './lens-services.ts';
import { logInfo, openProgramLog } from './log/program-log.ts';
import { logServices } from './log/services.ts';
import { logInternalFailures } from './log/watch.ts';
import { MatrixRuns } from './matrix/runs.ts';
import { matrixServices } from './matrix/services.ts';
import { pace } from './pace.ts';
import { missingPeers, peerRoots } from './peers/bundled.ts';
import { PeerRegistry } from './peers/registry.ts';
import { NO_32_BIT, runs32Bit } from './peers/runs-32-bit.ts';
import { peerServices } from './peers/services.ts';
import { endOfPeer } from './peers/words.ts';
import { Replayer } from './replay/replayer.ts';
import { replayServices } from './replay/services.ts';
import { responderServices } from './responder/services.ts';
import { ScenarioRuns } from './scenario/runs.ts';
import { scenarioServices } from './scenario/services.ts';
import { hostTime } from './session/clock.ts';
import { SessionRegistry } from './session/registry.ts';
import { sessionServices } from './session/services.ts';
import { SessionTypes } from './session-types.ts';
import { SettingsStore } from './settings.ts';
import { settingsServices } from './settings-services.ts';
import { throttle } from './throttle.ts';
import { typeServices } from './type-services.ts';

/** Entry files of the worker threads, as the build or the source tree has them. */
export interface WorkerPaths {
  readonly session: string;
  readonly capture: string;
  readonly job: string;
  readonly replay: string;
  readonly discovery: string;
  readonly types: string;
}

export interface OpenedServices {
  readonly services: Services;
  /** Where finished exports are. */
  readonly exportsDir: string;
  /** Everything that is kept for the user, for a page to start with. */
  readonly kept: () => Promise<KeptTexts>;
  /** At most 30 events a second. Returns an unsubscribe function. */
  readonly onState: (listener: (event: StateEvent) => void) => () => void;
  /** Closes every session, commits what they recorded, ends all threads. A second call waits for the first. */
  readonly close: () => Promise<void>;
}

/** Everything a window can request, on one machine. Rejects with ShmscopeError if the capture can't be started. */
export async function openServices(options: {
  readonly dataDir: string;
  readonly host: AppInfo['host'];
  readonly workers: WorkerPaths;
  /** Shows a file in its folder, if the host can. */
  readonly reveal?: (file: string) => void;
  /** Asks the user for a file, if the host can. */
  readonly chooseFile?: Services['chooseFile'];
}): Promise<OpenedServices> {
  const logFile = openProgramLog(options.dataDir);
  logInternalFailures();
  const kernel = await openKernel();
  const folders = { captures: path.join(options.dataDir, 'captures'), exports: path.join(options.dataDir, 'exports') };
  const capture = await openCapture({
    folder: folders.captures,
    workerPath: options.workers.capture,
  });
  const listeners = new Set<(event: StateEvent) => void>();
  const state = (): StateEvent => ({
    now: hostTime(),
    sessions: [...sessions.snapshots(), ...library.snapshots],
    capture: capture.state,
    peers: peers.snapshots(),
    scenarioRuns: scenarios.snapshots(),
    jobs: jobs.snapshots(),
    rowsVersion: library.rowsVersion,
    capturesVersion: library.version,
    comparison: library.comparison,
    kept: kept.versions,
    settingsVersion,
    typesVersion: types.version,
    matrixVersion: matrix.version,
  });
  const waitOf = pace();
  const tell = throttle(() => {
    const event = state();
    for (const listener of listeners) listener(event);
    return waitOf(event.sessions);
  });
  const types = new DeclaredTypes(options.dataDir, options.workers.types, () => {
    sessionTypes.changed();
    sessions.typesChanged();
    tell.soon();
  });
  const sessionTypes = new SessionTypes({ capture, library: () => library, declared: () => types.compiled });
  const sessions = new SessionRegistry({
    kernel,
    sink: sessionTypes.sink,
    typesOf: (section) => typesFor(types.compiled, section),
    workerPath: options.workers.session,
    onChange: () => {
      tell.soon();
      crosstalk.changed();
    },
    onAlarm: tell.now,
  });
  const library = new CaptureLibrary({ capture, workerPath: options.workers.capture, onChange: tell.soon });
  const settings = new SettingsStore(options.dataDir);
  let settingsVersion = 0;
  const kept = new KeptStore(options.dataDir, tell.soon);
  const retention = keepRetention(() => library.retain(settings.state.settings));
  const jobs = new JobRegistry({
    workerPath: options.workers.job,
    captureWorker: options.workers.capture,
    folders,
    onChange: tell.soon,
  });
  const peers = new PeerRegistry({
    control: await openProcessControl(),
    roots: peerRoots(options.workers.session),
    onChange: tell.soon,
    onEnd: (peer) => {
      const { section } = peer.start;
      if (section) sessions.noteOn(section, endOfPeer(peer, kernel.platform));
    },
  });
  const scenarios = new ScenarioRuns({
    ...{ sessions, peers, platform: kernel.platform, typesWorker: options.workers.types, onChange: tell.soon },
  });
  const matrix = new MatrixRuns({
    ...{ sessions, peers, platform: kernel.platform, missing: missingPeers(peerRoots(options.workers.session)) },
    ...{ typesWorker: options.workers.types, onChange: tell.soon },
  });
  const replayer = new Replayer(options.workers.replay);
  const discovery = new ChannelDiscovery(options.workers.discovery);
  const crosstalk = watchCrosstalk(sessions, discovery);
  const undoCapture = capture.onChange(tell.soon);

  const settingsChanged = () => {
    settingsVersion += 1;
    tell.soon();
    retention.soon();
  };
  const reveal = options.reveal ?? notHere;

  const services: Services = {
    info: async () => ({
      version: packageJson.version,
      host: options.host,
      kernel: kernel.platform,
      os: `${os.type().replace('_NT', '')} ${os.release()}`,
      bits: process.arch === 'ia32' || process.arch === 'arm' ? 32 : 64,
      no32Bit: (await runs32Bit()) ? null : NO_32_BIT,
      pid: process.pid,
      captureFile: capture.file,
      logFile,
    }),
    state,
    ...sessionServices(sessions),
    chooseFile: options.chooseFile ?? noFileDialog,
    ...peerServices(peers),
    ...scenarioServices(scenarios),
    ...discoveryServices(discovery),
    ...lensServices(sessions, discovery),
    ...captureServices(library, capture, sessionTypes),
    ...settingsServices(settings, kept, settingsChanged),
    ...typeServices(types, sessionTypes),
    ...replayServices({
      ...{ replayer, sessions, library, captureWorker: options.workers.capture },
      typesOf: (session) => sessionTypes.of(session),
    }),
    ...jobServices(jobs, { library, types: sessionTypes, reveal }),
    ...matrixServices(matrix),
    ...responderServices({ sessions, library, types: () => types.compiled }),
    ...logServices(logFile, reveal),
  };

  logInfo(
    `Started: Shmscope ${packageJson.version}, ${options.host}, ${kernel.platform}, ${versions()}, ${options.dataDir}`,
  );
  let closing: Promise<void> | undefined;
  const close = async () => {
    crosstalk.close();
    await scenarios.close();
    await matrix.close();
    await jobs.close();
    await peers.close();
    await sessions.close();
    await replayer.close();
    await discovery.close();
    await retention.stop();
    await library.end();
    await capture.close();
    await kept.close();
    await types.close();
    undoCapture();
    tell.cancel();
    logInfo('Stopped.');
  };
  return {
    services,
    exportsDir: folders.exports,
    kept: () => kept.all(),
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

const versions = () => {
  const { node, electron } = process.versions;
  return `${electron ? `Electron ${electron}, ` : ''}Node.js ${node}, ${os.type()} ${os.release()} ${process.arch}`;
};

function notHere(): never {
  throw new ShmscopeError(
    'not-here',
    'A browser can’t show a folder. Download the file instead, or open its folder yourself.',
  );
}

function noFileDialog(): never {
  throw new ShmscopeError(
    'not-here',
    'A browser can’t choose files of the host’s machine. Enter the full path instead.',
  );
}
