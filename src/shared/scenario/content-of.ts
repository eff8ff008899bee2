import { decodeUtf8 } from '../text/utf8.ts';
import { hexOf } from './payload.ts';
import { hasTemplate } from './template.ts';

/** What would be invisible in a file. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** A message as a file has it: as text, if that gives these bytes again. */
export const contentOf = (bytes: Uint8Array): { readonly text: string } | { readonly hex: string } => {
  const text = plainText(bytes);
  return text === undefined ? { hex: hexOf(bytes) } : { text };
};

/** Undefined if a text wouldn't give these bytes again. */
export function plainText(bytes: Uint8Array): string | undefined {
  const text = decodeUtf8(bytes);
  return text === null || UNSEEN.test(text) || hasTemplate(text) ? undefined : text;
}
