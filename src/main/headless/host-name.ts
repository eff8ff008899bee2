import { hostname, networkInterfaces } from 'node:os';

/** What a Host header may consist of: names in ASCII, addresses, and a port. */
const PLAIN = /^[\w.:[\]-]+$/;

/**
 * The name in a Host header, or as a user wrote it: `[::1]` of `[0:0::1]:80`, `localhost` of `LocalHost.:9000`.
 * Undefined if it has none.
 */
export function nameIn(host: string | undefined): string | undefined {
  if (!host || !PLAIN.test(host)) return undefined;
  return URL.parse(`http://${host}`)?.hostname.replace(/\.$/, '') || undefined;
}

/** Whether a name, as {@link nameIn} returns it, can only be this machine's own: no name server is asked for it. */
export function isLoopbackName(name: string): boolean {
  return /^(?:(?:.+\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\]|\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\])$/.test(name);
}

/** An address as it appears in a URL. */
export const inUrl = (address: string): string => (address.includes(':') ? `[${address}]` : address);

/** Whether listening there means listening on every address of this machine. */
export const isAnyAddress = (host: string): boolean => host === '0.0.0.0' || host === '::';

/** The names under which what listens on `host` can be reached, besides those of loopback. */
export function namesOf(host: string): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const names = isAnyAddress(host) ? [hostname(), ...addresses.map(({ address }) => inUrl(address))] : [inUrl(host)];
  return names.flatMap((name) => nameIn(name) ?? []);
}
