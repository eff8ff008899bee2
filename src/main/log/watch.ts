import { reportInternalTo } from '../../shared/failure.ts';
import { logError } from './program-log.ts';

/**
 * What this thread did not expect is logged, and reported with the id of its entry. To be called at a thread's start.
 */
export const logInternalFailures = (): void => reportInternalTo((error) => logError('Unexpected', error));

/** Logs what nothing in this process catches. How the process goes on, or ends, stays as it is. */
export function logUncaught(): void {
  process.on('uncaughtExceptionMonitor', (error, origin) => logError(origin, error));
}
