import type { App, Session, WebContents } from 'electron';

/**
 * Keeps every window of the app on `page`: no other address, no webview, and no window created by a page. If a page
 * asks for another window with `page` in it, `openOwn` is called to create it the app's own way.
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
      // Afterwards: a window must not be created in the middle of a page's call.
      if (isOwn(page, url)) setImmediate(() => openOwn(url, contents));
      return { action: 'deny' };
    });
  });
}

/** The page itself, with at most a session in its fragment to start with. */
const isOwn = (page: string, url: string) =>
  url === page || (url.startsWith(page) && /^#session=[1-9]\d{0,15}$/.test(url.slice(page.length)));

/** The window needs no device and only one permission: notifications, for alarms, if the user wants them. */
export function limitPermissions(session: Session): void {
  const isGranted = (permission: string) => permission === 'notifications';
  session.setPermissionRequestHandler((_contents, permission, decide) => decide(isGranted(permission)));
  session.setPermissionCheckHandler((_contents, permission) => isGranted(permission));
  session.setDevicePermissionHandler(() => false);
}
