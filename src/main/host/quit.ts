import type { App } from 'electron';
import { logError } from '../log/program-log.ts';

/** Delays the app's exit until `close` has settled, either way. */
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
