import type { Protocol } from 'electron';
import { messagePage, type Page, rendererPage, type WindowFiles } from './pages.ts';

const SCHEME = 'app';
const HOST = 'shmscope';
/** The only origin whose pages the host listens to. */
export const APP_ORIGIN = `${SCHEME}://${HOST}`;
export const APP_URL = `${APP_ORIGIN}/`;

/** Call it before the app is ready: makes `app://` an origin of its own, as secure as https. */
export function registerAppScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the renderer's files, and nothing else, as `app://shmscope/…`. */
export function handleAppScheme(protocol: Protocol, files: WindowFiles): void {
  protocol.handle(SCHEME, async (request) => {
    const { status, headers, body } = await answerTo(request, files);
    return new Response(body, { status, headers });
  });
}

async function answerTo({ method, url }: Request, files: WindowFiles): Promise<Page> {
  if (method !== 'GET') return messagePage(405, 'Not allowed', 'Shmscope’s files can only be read.');
  const { host, pathname } = new URL(url);
  if (host !== HOST) return messagePage(404, 'Not found', 'Shmscope has no such page.');
  return rendererPage(files, pathname);
}
