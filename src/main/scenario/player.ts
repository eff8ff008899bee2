import type { Failure } from '../../shared/failure.ts';
import type { ReportedAnomaly } from '../../shared/scenario/anomalies.ts';
import type { Performed, StepProgram } from '../../shared/scenario/program.ts';
import type { StepProgress } from '../../shared/scenario/report.ts';
import type { Session } from '../session/session.ts';

/** What became of a session. */
interface Ending {
  readonly anomalies: readonly Omit<ReportedAnomaly, 'session'>[];
  /** Why it ended by itself; null if it was closed. */
  readonly failure: Pick<Failure, 'code' | 'message'> | null;
}

/** Who performs a session's steps: a session of Shmscope, or a program that is told what to do. */
export interface Player {
  /** Settles when its channel is open, or with the reason why it isn't. */
  readonly opened: Promise<void>;
  /** Rejects if it has ended. */
  readonly perform: (
    program: StepProgram,
    onProgress: (progress: readonly StepProgress[]) => void,
  ) => Promise<Performed>;
  readonly stopPerforming: () => void;
  readonly close: () => Promise<Ending>;
}

export const sessionPlayer = (session: Session): Player => ({
  opened: session.opened,
  perform: (program, onProgress) => session.perform(program, onProgress),
  stopPerforming: () => void session.call({ type: 'stopPerforming' }).catch(() => {}),
  close: async () => {
    await session.close();
    const anomalies = session.anomalies.map((seen) => ({ ...seen, id: session.id }));
    return { anomalies, failure: session.failure };
  },
});
