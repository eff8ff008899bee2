import type { App, Session, WebContents } from 'electron';

/**
 * Keeps every window of the app on `page`: no way to another address, no webview, and no window that a page has made.
 * Where a page asks for one more with `page` in it, `openOwn` is told, to make it the app's own way.
 */
export function confineTo(page: string, app: App, openOwn: (url: string, opener: WebContents) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    const stay = (event: { readonly url: string; preventDefault(): void }) => {
      if (event.url !== page) event.preventDefault();
    };
    contents.on('will-navigate', stay);
    contents.on('will-frame-navigate', stay);
    contents.on('will-redirect', stay);
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      // When this is over: a window is not to be made in the midst of a page's call.
      if (isOwn(page, url)) setImmediate(() => openOwn(url, contents));
      return { action: 'deny' };
    });
  });
}

/** The page itself, with at most the session in its fragment that it is to begin with. */
const isOwn = (page: string, url: string) =>
  url === page || (url.startsWith(page) && /^#session=[1-9]\d{0,15}$/.test(url.slice(page.length)));

/**
 * The window needs no device and no permission but one: the system says so when an alarm fires, if the user wants it.
 */
export function limitPermissions(session: Session): void {
  const isGranted = (permission: string) => permission === 'notifications';
  session.setPermissionRequestHandler((_contents, permission, decide) => decide(isGranted(permission)));
  session.setPermissionCheckHandler((_contents, permission) => isGranted(permission));
  session.setDevicePermissionHandler(() => false);
}
