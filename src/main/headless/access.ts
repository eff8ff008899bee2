import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { hostname, networkInterfaces } from 'node:os';

/** Who may come in: Host and Origin lists, the one-time token, and the cookie that it is changed for. */
export interface Access {
  /** The first URL, good for one visit. */
  readonly url: string;
  /** The Set-Cookie header that a redeemed token is answered with. */
  readonly setCookie: string;
  /** Against DNS rebinding: the Host header has to name this server. */
  readonly hostAllowed: (host: string | undefined) => boolean;
  /** A page of this very server, under the name that it was asked by. */
  readonly originAllowed: (origin: string | undefined, host: string | undefined) => boolean;
  readonly cookieAllowed: (cookies: string | undefined) => boolean;
  /** True once, for the right token. */
  readonly redeem: (token: string) => boolean;
}

/** @param host what the server listens on, a name or an address */
export function createAccess(host: string, port: number): Access {
  const hosts = new Set(namesOf(host).map((name) => withPort(name, port)));
  const secret = newSecret();
  // Cookies know no ports: a name of its own keeps two servers on one machine apart.
  const cookie = `shmscope-${port}=${secret}`;
  let token: string | undefined = newSecret();

  const hostAllowed = (value: string | undefined) => value !== undefined && hosts.has(value.toLowerCase());
  return {
    url: `http://${withPort(isAny(host) ? '127.0.0.1' : bracketed(host), port)}/?token=${token}`,
    setCookie: `${cookie}; Path=/; HttpOnly; SameSite=Strict`,
    hostAllowed,
    originAllowed: (origin, value) => hostAllowed(value) && origin?.toLowerCase() === `http://${value?.toLowerCase()}`,
    cookieAllowed: (cookies) => (cookies ?? '').split(/; */).some((one) => same(one, cookie)),
    redeem: (given) => {
      if (token === undefined || !same(given, token)) return false;
      token = undefined;
      return true;
    },
  };
}

/** 256 random bits. */
const newSecret = () => randomBytes(32).toString('base64url');

/** In a time that doesn't tell how much of it was right. */
const same = (a: string, b: string) => timingSafeEqual(digest(a), digest(b));
const digest = (text: string) => createHash('sha256').update(text).digest();

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const isAny = (host: string) => host === '0.0.0.0' || host === '::';
const bracketed = (host: string) => (host.includes(':') ? `[${host}]` : host).toLowerCase();
const withPort = (name: string, port: number) => (port === 80 ? name : `${name}:${port}`);

function namesOf(host: string): string[] {
  if (!isAny(host)) return [...LOOPBACK, bracketed(host)];
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  return [...LOOPBACK, hostname().toLowerCase(), ...addresses.map(({ address }) => bracketed(address))];
}
