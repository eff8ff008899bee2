import type { IncomingMessage, RequestListener } from 'node:http';
import { messagePage, type Page, rendererPage, type WindowFiles } from '../host/pages.ts';
import type { Access } from './access.ts';
import { type Download, findDownload, sendDownload } from './downloads.ts';
import { answerSignIn, unknownBrowserPage } from './sign-in.ts';

export interface Folders {
  readonly window: WindowFiles;
  readonly exports: string | undefined;
}

/** Answers plain HTTP: the window's files and the exports, for those whom `access` lets in. */
export function pageListener(access: Access, folders: Folders): RequestListener {
  return async (request, response) => {
    const page = await answerTo(request, access, folders);
    if ('file' in page) return sendDownload(page, request, response);
    response.writeHead(page.status, { ...page.headers, 'Content-Length': Buffer.byteLength(page.body) });
    response.end(request.method === 'HEAD' ? undefined : page.body);
  };
}

async function answerTo(request: IncomingMessage, access: Access, folders: Folders): Promise<Page | Download> {
  const refused = refusal(request, access);
  if (refused) return refused;
  const url = URL.parse(request.url ?? '', 'http://host');
  if (!url) return messagePage(400, 'Not an address', 'Shmscope can’t read this address.');
  const token = url.pathname === '/' ? url.searchParams.get('token') : null;
  if (token !== null) return answerSignIn(request, token, access);
  if (request.method === 'POST') return notAllowed();
  if (!access.cookieAllowed(request.headers.cookie)) return unknownBrowserPage();
  const download = folders.exports && (await findDownload(folders.exports, url.pathname));
  if (download) return download;
  const page = await rendererPage(folders.window, url.pathname);
  // Each visit extends the cookie's life.
  return url.pathname === '/' ? { ...page, headers: { ...page.headers, 'Set-Cookie': access.setCookie } } : page;
}

function refusal({ headers, method }: IncomingMessage, access: Access): Page | undefined {
  if (!access.hostAllowed(headers.host))
    return messagePage(
      403,
      'Wrong name',
      "Shmscope doesn't accept this host name. Open the address it printed, or start it with --allow-host and this name.",
    );
  if (method === 'GET' || method === 'HEAD') return undefined;
  if (!access.originAllowed(headers.origin, headers.host))
    return messagePage(403, 'Foreign page', "Shmscope doesn't accept requests from other origins.");
  return method === 'POST' ? undefined : notAllowed();
}

function notAllowed(): Page {
  const page = messagePage(405, 'Not allowed', 'Shmscope’s files can only be read.');
  return { ...page, headers: { ...page.headers, Allow: 'GET, HEAD' } };
}
