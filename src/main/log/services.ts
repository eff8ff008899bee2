import type { Services } from '../../shared/api.ts';
import { logError } from './program-log.ts';

/** @param reveal shows a file in its folder */
export const logServices = (logFile: string, reveal: (file: string) => void) =>
  ({
    report: ({ where, name, message, stack }) =>
      logError(`In the window, ${where}`, Object.assign(new Error(message), { name, stack })),
    showLog: () => reveal(logFile),
  }) satisfies Partial<Services>;
