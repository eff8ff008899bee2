import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { newNonce } from '../host/csp.ts';
import { messagePage, type Page } from '../host/pages.ts';
import type { Access } from './access.ts';

const USED_UP = 'An address with a token works once. This one was already used or is from an earlier start.';
const HOW_TO_GET_IN =
  'Run “shmscope url” on the machine that Shmscope runs on, or press Enter in its terminal, and open the full address it prints.';

/**
 * The response to a request for `/?token=…`. Fetching the address doesn't consume the token, since link previews and
 * scanners fetch it too; the page that it leads to asks by itself to be let in, which they don't.
 */
export function answerSignIn(request: IncomingMessage, token: string, access: Access): Page {
  const { headers, method } = request;
  if (isPreview(headers)) return messagePage(503, 'Not yet', 'This address is for a visit, not for a preview.');
  if (access.cookieAllowed(headers.cookie) || (method === 'POST' && access.redeem(token))) return welcome(access);
  if (method === 'POST' || !access.isGood(token)) return usedUp();
  return signInPage();
}

export const unknownBrowserPage = (): Page => messagePage(403, "Shmscope doesn't know this browser", HOW_TO_GET_IN);

const usedUp = () => messagePage(403, 'This address does not let anyone in', `${USED_UP} ${HOW_TO_GET_IN}`);

/** Browsers send this when they prefetch. */
const isPreview = (headers: IncomingHttpHeaders) =>
  ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) =>
    /prefetch|preview/i.test(String(headers[name] ?? '')),
  );

function signInPage(): Page {
  const nonce = newNonce();
  const button = '<form method="post"><button>Open Shmscope</button></form>';
  const page = messagePage(200, 'Welcome', `${button}<script nonce="${nonce}">document.forms[0].submit()</script>`);
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
  // With `no-referrer` a form sends no origin.
  return { ...page, headers: { ...page.headers, 'Content-Security-Policy': policy, 'Referrer-Policy': 'same-origin' } };
}

function welcome(access: Access): Page {
  const page = messagePage(303, 'Welcome', 'Shmscope is at <a href="/">its first page</a>.');
  return { ...page, headers: { ...page.headers, Location: '/', 'Set-Cookie': access.setCookie } };
}
