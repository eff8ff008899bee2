import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type KeptTexts, keptTheme } from '../../shared/kept.ts';
import { contentSecurityPolicy, newNonce } from './csp.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/**
 * Folders and a file, none of which starts with a dot: what the build creates, and no way out of its folder on any
 * system.
 */
const FILE = /^\/(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;

/** A response to a GET, independent of the transport. */
export interface Page {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

/** The window's files, and what its page starts with. */
export interface WindowFiles {
  /** The folder that the renderer was built into. */
  readonly root: string;
  readonly kept: () => Promise<KeptTexts>;
}

/** The window's file for a URL's path; `/` is index.html with its nonce and the user's kept settings filled in. */
export async function rendererPage({ root, kept }: WindowFiles, pathname: string): Promise<Page> {
  const path = decodePath(pathname === '/' ? '/index.html' : pathname);
  const type = path && FILE.test(path) ? TYPES[extname(path)] : undefined;
  if (!path || !type) return messagePage(404, 'Not found', 'Shmscope’s window has no such file.');
  try {
    const body = new Uint8Array(await readFile(join(root, path)));
    if (!path.endsWith('.html')) return page(200, type, body, newNonce());
    const texts = await kept();
    return htmlPage(200, new TextDecoder().decode(body), {
      theme: keptTheme(texts),
      kept: inAttribute(JSON.stringify(texts)),
    });
  } catch (error) {
    return unreadable(path, error);
  }
}

/** A page that says one thing in plain language. */
export function messagePage(status: number, title: string, sentence: string): Page {
  const head = `<meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Shmscope: ${title}</title>`;
  return htmlPage(status, `<!doctype html><html lang="en">${head}<h1>${title}</h1><p>${sentence}</p></html>`);
}

/** Fills in the nonce and `values`. Nothing is filled into a value: it may be anything. */
function htmlPage(status: number, html: string, values: Readonly<Record<string, string>> = {}): Page {
  const nonce = newNonce();
  const all = new Map(Object.entries({ ...values, nonce }));
  const filled = html.replaceAll(/\{\{(\w+)\}\}/g, (place, name) => all.get(name) ?? place);
  return page(status, TYPES['.html'] as string, filled, nonce);
}

const inAttribute = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

function page(status: number, type: string, body: Page['body'], nonce: string): Page {
  const headers = {
    'Content-Type': type,
    'Content-Security-Policy': contentSecurityPolicy(nonce),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
  return { status, headers, body };
}

function decodePath(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}

function unreadable(path: string, error: unknown): Page {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOENT' && code !== 'EISDIR')
    return messagePage(500, 'Not readable', `Shmscope couldn't read one of its files (${code}). Install it again.`);
  if (path === '/index.html')
    return messagePage(
      404,
      'Not built',
      'The window’s files are missing. Run “npm run build”, or install Shmscope again.',
    );
  return messagePage(404, 'Not found', 'Shmscope’s window has no such file.');
}
