import { nameOnOneLine } from '../../capture/export/visible.ts';
import { readSessions, type SessionDescription } from '../../capture/store/describe.ts';
import { explainOpenError, openForReading } from '../../capture/store/open-file.ts';
import { UsageError } from '../exit-status.ts';
import { type GivenPlace, sessionNumber } from './place.ts';

type Described = Pick<SessionDescription, 'session' | 'role' | 'section'>;

/** One session of a capture. Throws {@link UsageError} listing the existing ones. */
export function sessionIn<T extends Described>(file: string, sessions: readonly T[], number: number): T {
  const found = sessions.find(({ session }) => session === number);
  if (found) return found;
  throw new UsageError(`--session: ${file} has no session ${number}. ${say(sessions)}`);
}

/** The session that `--session` names, or the only one. Throws the errors of openForReading, and {@link UsageError}. */
export function describedSession(file: string, given: GivenPlace): SessionDescription {
  const number = sessionNumber(given);
  const { db } = openForReading(file);
  try {
    const sessions = readSessions(db);
    return number === undefined ? onlySession(file, sessions) : sessionIn(file, sessions, number);
  } catch (error) {
    throw explainOpenError(file, error);
  } finally {
    db.close();
  }
}

/** The session to use if none was named. Throws {@link UsageError} if there are several, or none. */
function onlySession<T extends Described>(file: string, sessions: readonly T[]): T {
  const [first] = sessions;
  if (first && sessions.length === 1) return first;
  throw new UsageError(
    first ? `${file} has several sessions: name one with --session. ${say(sessions)}` : `${file} has no sessions.`,
  );
}

const say = (sessions: readonly Described[]) => {
  const some = sessions.slice(0, 10).map(({ session, role, section }) => `${session} (${role} of ${section})`);
  return nameOnOneLine(`There are ${some.join(', ')}${sessions.length > 10 ? ', …' : ''}.`);
};
