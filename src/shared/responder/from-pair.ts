import { hexOf } from '../scenario/payload.ts';
import { hasTemplate } from '../scenario/template.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import type { ResponderRule } from './schema.ts';

/** Characters of a message that a rule is called by. */
const NAME_LENGTH = 40;
/** What would not be seen in a file. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** A rule that answers exactly this request with exactly this reply. */
export function ruleFromPair(request: Uint8Array, reply: Uint8Array): ResponderRule {
  const text = plainText(request);
  const name = text === undefined || text.trim() === '' ? `${request.length} bytes` : cut(text.trim());
  return { name, match: contentOf(request), reply: contentOf(reply) };
}

const contentOf = (bytes: Uint8Array) => {
  const text = plainText(bytes);
  return text === undefined ? { hex: hexOf(bytes) } : { text };
};

/** Undefined where a text would not be these bytes again. */
function plainText(bytes: Uint8Array): string | undefined {
  const text = decodeUtf8(bytes);
  return text === null || UNSEEN.test(text) || hasTemplate(text) ? undefined : text;
}

const cut = (text: string) => (text.length > NAME_LENGTH ? `${text.slice(0, NAME_LENGTH - 1)}…` : text);
