import type { App } from 'electron';
import { logError } from '../log/program-log.ts';

/** Holds the app's end back until `close` has ended, however that ended. */
export function closeBeforeQuit(app: App, close: () => Promise<void>): void {
  let state: 'running' | 'closing' | 'closed' = 'running';

  const closeThenQuit = async () => {
    state = 'closing';
    try {
      await close();
    } catch (error) {
      logError('Not closed cleanly', error);
      console.error('Shmscope did not close cleanly:', error);
    }
    state = 'closed';
    app.quit();
  };

  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'running') void closeThenQuit();
  });
}
