import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { inUrl, isAnyAddress, isLoopbackName, nameIn, namesOf } from './host-name.ts';
import { isSame, newSecret } from './secret.ts';

export interface AccessOptions {
  /** What the server listens on, a name or an address. */
  readonly host: string;
  readonly port: number;
  /** Over TLS. */
  readonly secure: boolean;
  /** Further names that it may be addressed by. */
  readonly names: readonly string[];
}

/** Who may come in: names and origins, one-time tokens, and the cookie that they are exchanged for. */
export interface Access {
  /** An address that lets one browser in, once. */
  readonly newUrl: () => string;
  /** The Set-Cookie header that answers a redeemed token. */
  readonly setCookie: string;
  /**
   * Against DNS rebinding: the Host header must be a name of this server. The port may be another one that is forwarded
   * to it.
   */
  readonly hostAllowed: (host: string | undefined) => boolean;
  /** A page from this very server, under the name that it was addressed by. */
  readonly originAllowed: (origin: string | undefined, host: string | undefined) => boolean;
  readonly cookieAllowed: (cookies: string | undefined) => boolean;
  /** Whether a token still lets someone in. */
  readonly isGood: (token: string) => boolean;
  /** True once, for a valid token. */
  readonly redeem: (token: string) => boolean;
}

/** Addresses given out and not used yet; beyond this many the oldest expires. */
const MAX_TOKENS = 8;
/** Seconds that a browser keeps the cookie after its last visit. It is valid no longer than the server runs. */
const COOKIE_SECONDS = 30 * 24 * 60 * 60;

export function createAccess({ host, port, secure, names }: AccessOptions): Access {
  const known = new Set([...namesOf(host), ...names]);
  const cookie = `${cookieName(port)}=${newSecret()}`;
  const tokens: string[] = [];
  // A proxy in front of a server without TLS may speak TLS itself.
  const schemes = secure ? ['https'] : ['http', 'https'];

  const hostAllowed = (value: string | undefined) => {
    const name = nameIn(value);
    return name !== undefined && (isLoopbackName(name) || known.has(name));
  };
  const placeOf = (token: string) => tokens.findIndex((one) => isSame(one, token));
  return {
    newUrl: () => {
      const token = newSecret();
      tokens.push(token);
      tokens.splice(0, tokens.length - MAX_TOKENS);
      const name = isAnyAddress(host) ? '127.0.0.1' : inUrl(host).toLowerCase();
      return `${schemes[0]}://${withPort(name, port, secure)}/?token=${token}`;
    },
    // Lax: a link on another site's page to this one works, but that page's requests get no cookie.
    setCookie: `${cookie}; Path=/; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`,
    hostAllowed,
    originAllowed: (origin, value) =>
      hostAllowed(value) && schemes.some((scheme) => origin?.toLowerCase() === `${scheme}://${value?.toLowerCase()}`),
    cookieAllowed: (cookies) => (cookies ?? '').split(/; */).some((one) => isSame(one, cookie)),
    isGood: (token) => placeOf(token) >= 0,
    redeem: (token) => {
      const at = placeOf(token);
      if (at >= 0) tokens.splice(at, 1);
      return at >= 0;
    },
  };
}

/** Cookies ignore ports, and forwarded ports stand for other machines: a name of its own keeps servers apart. */
const cookieName = (port: number) =>
  `shmscope-${port}-${createHash('sha256').update(hostname()).digest('hex').slice(0, 8)}`;

const withPort = (name: string, port: number, secure: boolean) =>
  port === (secure ? 443 : 80) ? name : `${name}:${port}`;
