import type { Route } from '@playwright/test';
import type { CustomScheme, Protocol } from 'electron';
import { standinApp } from './app.ts';

type Handler = Parameters<Protocol['handle']>[1];

const schemes = new Set<string>();
const handlers = new Map<string, Handler>();

export const protocol: Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'> = {
  registerSchemesAsPrivileged: (customSchemes: CustomScheme[]) => {
    if (standinApp.isReady) throw new Error('registerSchemesAsPrivileged has to be called before the app is ready.');
    for (const { scheme, privileges } of customSchemes) {
      if (privileges?.standard && privileges.secure) schemes.add(scheme);
    }
  },
  handle: (scheme: string, handler: Handler) => void handlers.set(scheme, handler),
};

/**
 * Chromium alone doesn't know the app's scheme, so a standard, secure one is played by an origin of localhost, which is
 * secure too: `app://shmscope/x` by `http://shmscope.app.localhost/x`. Nothing listens there; every request ends at the
 * handler.
 */
export function toChromium(url: string): string {
  const { protocol: scheme, host, pathname, search, hash } = new URL(url);
  const name = scheme.slice(0, -1);
  if (!schemes.has(name)) throw new Error(`The stand-in loads only schemes that were registered, not ${url}.`);
  return `http://${host}.${name}.localhost${pathname}${search}${hash}`;
}

/** The inverse; other addresses stay as they are. */
export function toApp(url: string): string {
  const [, host, scheme, rest] = /^http:\/\/([\w-]+)\.([\w-]+)\.localhost(\/.*)?$/.exec(url) ?? [];
  return scheme !== undefined && schemes.has(scheme) ? `${scheme}://${host}${rest ?? ''}` : url;
}

/** Answers with the result of the app's own handler, or not at all. */
export async function fulfill(route: Route): Promise<void> {
  const url = toApp(route.request().url());
  const handler = handlers.get(new URL(url).protocol.slice(0, -1));
  if (!handler) return route.abort('blockedbyclient');
  const method = route.request().method();
  const response = await handler(new Request(url, { method }));
  const body = Buffer.from(await response.arrayBuffer());
  await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body });
}
