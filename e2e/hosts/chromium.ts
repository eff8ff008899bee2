import { existsSync } from 'node:fs';
import { chromium, type LaunchOptions } from '@playwright/test';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';

/** Debian's Chromium takes part in the tests where Playwright's own browser isn't installed. */
export function chromiumLaunch(): LaunchOptions {
  if (existsSync(chromium.executablePath()) || !existsSync(SYSTEM_CHROMIUM)) return {};
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
  return { executablePath: SYSTEM_CHROMIUM, args: ['--no-sandbox', '--disable-gpu', ...quiet] };
}
