import { once } from 'node:events';

/**
 * The test that started this process, if one did: it attaches its own Playwright to the page before anything is loaded.
 */
export async function waitForTest(endpoint: string): Promise<void> {
  if (!process.send) return;
  process.send({ endpoint });
  const [message] = await once(process, 'message');
  if (message !== 'attached') throw new Error(`The stand-in expected "attached" from its test, and got ${message}.`);
}

/** Calls `gone` when that test's process ends, so that nothing outlives it. */
export function onTestGone(gone: () => void): void {
  process.once('disconnect', gone);
}
