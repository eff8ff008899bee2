import { type Result, toFailure } from '../../../shared/failure.ts';
import { tell } from '../../host/notices-store.ts';
import { noteOn, withoutNul } from './copied-text.ts';

/** Copies `text` to the clipboard, and says so if it differs from what is pasted or seen. */
export async function copyText(text: string): Promise<Result<null>> {
  try {
    await toClipboard(withoutNul(text));
    const note = noteOn(text);
    if (note) tell('Copied', note);
    return { ok: true, value: null };
  } catch (error) {
    return { ok: false, failure: toFailure(error) };
  }
}

/** The clipboard API needs a permission that the app's own window denies to everything; the older way doesn't. */
async function toClipboard(text: string): Promise<void> {
  const copied = new Promise<boolean>((resolve) => {
    const onCopy = (event: ClipboardEvent) => {
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
      event.stopImmediatePropagation();
      resolve(true);
    };
    document.addEventListener('copy', onCopy, { capture: true, once: true });
    if (!document.execCommand('copy')) {
      document.removeEventListener('copy', onCopy, { capture: true });
      resolve(false);
    }
  });
  if (!(await copied)) await navigator.clipboard.writeText(text);
}
