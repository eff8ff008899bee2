import { formatHex, parseHex } from '../format/hex.ts';
import { decodeUtf8, encodeUtf8 } from '../format/utf8.ts';

export type DraftMode = 'text' | 'hex';

/** What is being written, in the form in which it is written. */
export interface Draft {
  readonly mode: DraftMode;
  readonly content: string;
}

export type DraftBytes =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  /** `at`: index of the fault in the content. */
  | { readonly ok: false; readonly at: number; readonly message: string };

/** The bytes that a draft stands for. */
export function draftBytes({ mode, content }: Draft): DraftBytes {
  if (mode === 'hex') return parseHex(content);
  const at = content.search(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/);
  if (at < 0) return { ok: true, bytes: encodeUtf8(content) };
  return {
    ok: false,
    at,
    message: `Character ${at + 1} is half of a surrogate pair, which UTF-8 can't hold. Delete it, or write the bytes in hex.`,
  };
}

export type Converted = { readonly ok: true; readonly draft: Draft } | { readonly ok: false; readonly message: string };

/** The same bytes in the other form; refused where that form could not hold them all. */
export function converted(draft: Draft, mode: DraftMode): Converted {
  if (draft.mode === mode) return { ok: true, draft };
  const parsed = draftBytes(draft);
  if (!parsed.ok) return { ok: false, message: `This can't be turned into ${mode} yet. ${parsed.message}` };
  if (mode === 'hex') return { ok: true, draft: { mode, content: formatHex(parsed.bytes) } };
  const content = decodeUtf8(parsed.bytes);
  if (content === null)
    return {
      ok: false,
      message: "These bytes aren't UTF-8, so they can't be edited as text. They can be sent as they are.",
    };
  if (content.includes('\r'))
    return {
      ok: false,
      message: 'These bytes hold a carriage return, which a text field would lose. They can be sent as they are.',
    };
  return { ok: true, draft: { mode, content } };
}
