const encoder = new TextEncoder();
/** `ignoreBOM`: a byte order mark is part of the message and is shown, not swallowed. */
const strict = () => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const encodeUtf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text);

/** The text that `bytes` encode, or null if they aren't UTF-8. `cut`: the last character may be incomplete. */
export function decodeUtf8(bytes: Uint8Array, cut = false): string | null {
  try {
    return strict().decode(bytes, { stream: cut });
  } catch {
    return null;
  }
}

/** Bytes of `text` in UTF-8, without building them. */
export function utf8Length(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) length += 1;
    else if (unit < 0x800) length += 2;
    else if (unit >= 0xd800 && unit < 0xdc00 && i + 1 < text.length) {
      length += 4;
      i += 1;
    } else length += 3;
  }
  return length;
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** Bytes that a sequence starting with `lead` should have; 0 if none starts like that. */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}

/** A run of text, or one byte that belongs to no character. */
export type Run = { readonly text: string } | { readonly byte: number };

/** Splits bytes into UTF-8 and the single bytes that aren't; nothing is replaced, nothing lost. */
export function utf8Runs(bytes: Uint8Array): Run[] {
  const whole = decodeUtf8(bytes);
  if (whole !== null) return whole === '' ? [] : [{ text: whole }];
  const runs: Run[] = [];
  let start = 0;
  let at = 0;
  const flush = () => {
    const text = decodeUtf8(bytes.subarray(start, at));
    if (text) runs.push({ text });
  };
  while (at < bytes.length) {
    const lead = bytes[at] as number;
    const length = sequenceLength(lead);
    if (length === 1 || (length > 1 && decodeUtf8(bytes.subarray(at, at + length)) !== null)) {
      at += length;
    } else {
      flush();
      runs.push({ byte: lead });
      at += 1;
      start = at;
    }
  }
  flush();
  return runs;
}

/**
 * Where a slice can begin without splitting a character: the first index from `at` on that isn't a continuation byte,
 * at most three further.
 */
export function characterStart(bytes: Uint8Array, at: number): number {
  let index = at;
  while (index < at + 3 && isContinuation(bytes[index])) index += 1;
  return index;
}
