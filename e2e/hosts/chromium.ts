import { existsSync } from 'node:fs';
import { chromium, type LaunchOptions } from '@playwright/test';

/**
 * The headless shell, which Playwright's own browser is too, takes four fifths of the full browser's processor time.
 */
const OF_SYSTEM = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** Debian's Chromium runs the tests if Playwright's own browser isn't installed. */
export function chromiumLaunch(): LaunchOptions {
  const executablePath = OF_SYSTEM.find(existsSync);
  if (existsSync(chromium.executablePath()) || executablePath === undefined) return {};
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
  return { executablePath, args: ['--no-sandbox', '--disable-gpu', ...quiet] };
}
