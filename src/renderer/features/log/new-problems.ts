import { isLive, type SessionSnapshot } from '../../../shared/session.ts';
import { formatInteger, plural } from '../../kit/format/bytes.ts';
import { shortName } from '../../view/session-text.ts';

const wrongIn = ({ counts }: SessionSnapshot): number =>
  counts ? counts.anomalies + counts.errors + counts.alarms : 0;

/** Anomalies, errors and alarms of every session, as far as a screen reader has announced them. */
export class NewProblems {
  #announced: ReadonlyMap<number, number>;

  /** @param sessions what they contain by now isn't new */
  constructor(sessions: readonly SessionSnapshot[]) {
    this.#announced = new Map(sessions.map((session) => [session.id, wrongIn(session)]));
  }

  /** What is new since the last call, in words that are never the same twice; null if nothing is. */
  take(sessions: readonly SessionSnapshot[]): string | null {
    const words = sessions.flatMap((session) => {
      const wrong = wrongIn(session);
      // An opened capture brings its problems along.
      const fresh = wrong - (this.#announced.get(session.id) ?? (isLive(session) ? 0 : wrong));
      if (fresh <= 0) return [];
      const what = plural(fresh, 'new anomaly, error or alarm', 'new anomalies, errors and alarms');
      return [`${what} in ${shortName(session.section)}, ${formatInteger(wrong)} in all`];
    });
    this.#announced = new Map(sessions.map((session) => [session.id, wrongIn(session)]));
    return words.length > 0 ? `${words.join('; ')}.` : null;
  }
}
