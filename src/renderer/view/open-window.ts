const ASKED = /^#session=([1-9]\d{0,15})$/;

/**
 * Opens another window on the same host, with a selection, filters and pages of its own; null: it starts with the first
 * session.
 */
export function openWindow(session: number | null): void {
  const url = new URL(location.href);
  url.search = '';
  url.hash = session === null ? '' : `session=${session}`;
  window.open(url, '_blank', 'noopener');
}

/**
 * The session that this window was opened for, if any. Removes it from the address, which is the same for every window.
 */
export function takeRequestedSession(): number | null {
  const id = ASKED.exec(globalThis.location?.hash ?? '')?.[1];
  if (id === undefined) return null;
  history.replaceState(null, '', location.pathname);
  return Number(id);
}
