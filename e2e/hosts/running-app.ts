import type { Page } from '@playwright/test';

export const HOST_KINDS = ['posix', 'windows', 'wine', 'standin', 'electron'] as const;
/**
 * posix, windows: the headless host on this system; wine: its Windows build under Wine; standin: Electron's host on the
 * stand-in.
 */
export type HostKind = (typeof HOST_KINDS)[number];

/** What a host is started with. */
export interface Launch {
  /** Where the host keeps its captures. */
  readonly dataDir: string;
  /** Where kernel objects live on POSIX. */
  readonly runtimeDir: string;
  /** Further arguments, such as `--demo`. */
  readonly args: readonly string[];
  /** Zones of the host's system and of the browser's, if they matter; only for a host that serves its page. */
  readonly zones?: { readonly host: string; readonly page: string };
  /** Runs in the page before anything else of it. */
  readonly pageScript?: string;
}

/** A running host, with its window loaded. */
export interface RunningApp {
  readonly page: Page;
  /** The address of the page, without its token. */
  readonly url: string;
  /** The address that was opened first: with its token, if it has one. */
  readonly firstUrl: string;
  /**
   * What went wrong in the page: uncaught errors, what its Content-Security-Policy stopped, and keys that two commands
   * share. Must be empty when the test ends; a test that provokes some empties it.
   */
  readonly problems: string[];
  /** What the host printed so far. */
  readonly output: () => string;
  /**
   * Ends the host like its user would, and its page. Returns its exit status; null if the system can only kill it, or
   * it was killed before.
   */
  readonly close: () => Promise<number | null>;
  /** Ends the host's process without warning. Its page stays unless it is the host's own. */
  readonly kill: () => Promise<void>;
}

/** Call it before the page loads anything. */
export function watchProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|Two commands answer/i.test(message.text())) problems.push(message.text());
  });
  return problems;
}
