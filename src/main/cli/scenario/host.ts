import type { LoggedReport } from '../../../shared/scenario/files/logs.ts';
import type { ScenarioReport } from '../../../shared/scenario/report.ts';
import { openKernel, openProcessControl } from '../../kernel/open.ts';
import { peerRoots } from '../../peers/bundled.ts';
import { PeerRegistry } from '../../peers/registry.ts';
import { endOfPeer } from '../../peers/words.ts';
import { ChannelClaims } from '../../scenario/channel-names.ts';
import type { LoadedScenario } from '../../scenario/load.ts';
import { RecordLog } from '../../scenario/record-log.ts';
import { type RunHost, type RunOptions, runScenario } from '../../scenario/run.ts';
import { SessionRegistry } from '../../session/registry.ts';
import { workers } from '../../workers.ts';

/** Runs scenarios without a window: everything that they start is in here. */
export interface ScenarioHost {
  /** What others need to run scenarios. */
  readonly parts: RunHost;
  /** What is kept of a report's sessions, which are then forgotten. */
  readonly logsOf: (report: ScenarioReport) => Promise<LoggedReport['logs']>;
  readonly run: (scenario: LoadedScenario, options: RunOptions) => Promise<LoggedReport>;
  readonly close: () => Promise<void>;
}

/** `needLogs`: whether the sessions' records are wanted. */
export async function openHost(needLogs: boolean): Promise<ScenarioHost> {
  const kernel = await openKernel();
  const { platform } = kernel;
  const log = new RecordLog(needLogs);
  const nothing = () => {};
  const sessions = new SessionRegistry({ kernel, sink: log, workerPath: workers.session, onChange: nothing });
  const peers = new PeerRegistry({
    control: await openProcessControl(),
    roots: peerRoots(workers.session),
    onChange: nothing,
    onEnd: (peer) => {
      const { section } = peer.start;
      if (section) sessions.noteOn(section, endOfPeer(peer, platform));
    },
  });
  const parts = { sessions, peers, platform, claims: new ChannelClaims() };
  const logsOf = async (report: ScenarioReport) => {
    const opened = report.sessions.filter(({ id }) => id !== null);
    const logs = await Promise.all(opened.map((session) => log.take(session)));
    for (const { id } of opened) if (id !== null) sessions.remove(id);
    return logs;
  };
  return {
    parts,
    logsOf,
    run: async (scenario, options) => {
      const report = await runScenario(scenario, parts, options);
      const logs = await logsOf(report);
      // Those that were closed and opened again.
      for (const { id, state } of sessions.snapshots())
        if (state === 'closed' || state === 'failed') sessions.remove(id);
      return { report, logs };
    },
    close: async () => {
      await peers.close();
      await sessions.close();
    },
  };
}
