import type { Api } from '../../shared/api.ts';
import { type Failure, type Result, toFailure } from '../../shared/failure.ts';
import { MAX_PAYLOAD_SLICE } from '../../shared/log.ts';
import { formatHex } from '../format/hex.ts';
import { decodeUtf8 } from '../format/utf8.ts';

/** More than this is no business of the clipboard. Bytes. */
export const MAX_COPY = 4 * 1024 * 1024;

type PayloadReader = Pick<Api, 'payload'>;

export async function wholePayload(
  api: PayloadReader,
  session: number,
  seq: number,
  size: number,
): Promise<Result<Uint8Array>> {
  const whole = new Uint8Array(size);
  for (let offset = 0; offset < size; offset += MAX_PAYLOAD_SLICE) {
    const slice = await api.payload({ session, seq, offset, length: Math.min(MAX_PAYLOAD_SLICE, size - offset) });
    if (!slice.ok) return slice;
    whole.set(slice.value, offset);
  }
  return { ok: true, value: whole };
}

const NOT_TEXT: Failure = {
  code: 'invalid-argument',
  message: 'The payload is not UTF-8, so as text some of its bytes would be lost. Copy it as hex.',
};

/** Puts a payload into the clipboard as it is, as text or as hex. */
export async function copyPayload(
  api: PayloadReader,
  record: { session: number; seq: number; size: number },
  form: 'text' | 'hex',
): Promise<Result<null>> {
  const whole = await wholePayload(api, record.session, record.seq, record.size);
  if (!whole.ok) return whole;
  const text = form === 'hex' ? formatHex(whole.value) : decodeUtf8(whole.value);
  if (text === null) return { ok: false, failure: NOT_TEXT };
  try {
    await toClipboard(text);
    return { ok: true, value: null };
  } catch (error) {
    return { ok: false, failure: toFailure(error) };
  }
}

/** The clipboard interface needs a permission that the app's own window denies to everything; the older way does not. */
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
