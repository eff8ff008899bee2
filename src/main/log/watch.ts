import { reportInternalTo } from '../../shared/failure.ts';
import { logError } from './program-log.ts';

/** Logs whatever this thread didn't expect, and reports it with the id of the entry. Call it when a thread starts. */
export const logInternalFailures = (): void => reportInternalTo((error) => logError('Unexpected', error));

/** Logs what nothing in this process catches. Whether the process continues or ends doesn't change. */
export function logUncaught(): void {
  process.on('uncaughtExceptionMonitor', (error, origin) => logError(origin, error));
}
