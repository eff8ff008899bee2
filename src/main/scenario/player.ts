import type { ReportedAnomaly } from '../../shared/scenario/anomalies.ts';
import type { Performed, StepProgram } from '../../shared/scenario/program.ts';
import type { StepProgress } from '../../shared/scenario/report.ts';
import type { Session } from '../session/session.ts';

/** An anomaly of a session that has ended. */
type EndedWith = Omit<ReportedAnomaly, 'session'>;

/** Who does the steps of a session: a session of Shmscope, or a program that is told what to do. */
export interface Player {
  /** Settles when its channel is open, or with the reason why it isn't. */
  readonly opened: Promise<void>;
  /** Rejects where it has ended. */
  readonly perform: (
    program: StepProgram,
    onProgress: (progress: readonly StepProgress[]) => void,
  ) => Promise<Performed>;
  readonly stopPerforming: () => void;
  /** Ends it; resolves to the anomalies that it has recorded. */
  readonly close: () => Promise<readonly EndedWith[]>;
}

export const sessionPlayer = (session: Session): Player => ({
  opened: session.opened,
  perform: (program, onProgress) => session.perform(program, onProgress),
  stopPerforming: () => void session.call({ type: 'stopPerforming' }).catch(() => {}),
  close: async () => {
    await session.close();
    return session.anomalies.map((seen) => ({ ...seen, id: session.id }));
  },
});
