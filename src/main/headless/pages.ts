import type { IncomingMessage, RequestListener } from 'node:http';
import { messagePage, type Page, rendererPage, type WindowFiles } from '../host/pages.ts';
import type { Access } from './access.ts';
import { type Download, findDownload, sendDownload } from './downloads.ts';

const USED_UP = 'An address with a token works once, and this one was used before or comes from another start.';
const HOW_TO_GET_IN =
  'Every start of Shmscope prints an address that lets one browser in, once. Open that one in full; or stop Shmscope, start it again, and open the address that it prints then.';

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
  const known = access.cookieAllowed(request.headers.cookie);
  if (token !== null && (known || (request.method === 'GET' && access.redeem(token)))) return welcome(access);
  if (token !== null) return messagePage(403, 'This address does not let anyone in', `${USED_UP} ${HOW_TO_GET_IN}`);
  if (!known) return messagePage(403, 'Shmscope does not know this browser', HOW_TO_GET_IN);
  const download = folders.exports && (await findDownload(folders.exports, url.pathname));
  return download || rendererPage(folders.window, url.pathname);
}

/** What holds for every request, the upgrade to a WebSocket included. */
export function refusal({ headers, method }: IncomingMessage, access: Access): Page | undefined {
  if (!access.hostAllowed(headers.host))
    return messagePage(
      403,
      'Wrong name',
      'Shmscope does not answer to this name. Open the address that it printed at its start.',
    );
  if (method === 'GET' || method === 'HEAD') return undefined;
  if (!access.originAllowed(headers.origin, headers.host))
    return messagePage(403, 'Foreign page', 'Shmscope takes nothing from pages of other origins.');
  const page = messagePage(405, 'Not allowed', 'Shmscope’s files can only be read.');
  return { ...page, headers: { ...page.headers, Allow: 'GET, HEAD' } };
}

function welcome(access: Access): Page {
  const page = messagePage(303, 'Welcome', 'Shmscope is at <a href="/">its first page</a>.');
  return { ...page, headers: { ...page.headers, Location: '/', 'Set-Cookie': access.setCookie } };
}
