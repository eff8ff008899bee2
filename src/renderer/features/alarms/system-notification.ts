/** Whether the system lets this page notify; null if it can't at all. */
export const permission = (): NotificationPermission | null =>
  typeof Notification === 'undefined' ? null : Notification.permission;

/** Asks the user, unless already answered. Resolves to whether the system lets this page notify. */
export async function askToNotify(): Promise<boolean> {
  return permission() !== null && (await Notification.requestPermission()) === 'granted';
}

/** A notification replaces the previous one with the same `tag`; windows share it. */
export function notifySystem({ title, body, tag }: { title: string; body: string; tag: string }): void {
  if (permission() !== 'granted') return;
  const notification = new Notification(title, { body, tag });
  notification.onclick = () => {
    globalThis.focus();
    notification.close();
  };
}
