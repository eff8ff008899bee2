import { contentOf, plainText } from '../scenario/content-of.ts';
import type { ResponderRule } from './schema.ts';

/** Characters of a message that a rule is named after. */
const NAME_LENGTH = 40;

/** A rule that answers exactly this request with exactly this reply. */
export function ruleFromPair(request: Uint8Array, reply: Uint8Array): ResponderRule {
  const text = plainText(request);
  const name = text === undefined || text.trim() === '' ? `${request.length} bytes` : cut(text.trim());
  return { name, match: contentOf(request), reply: contentOf(reply) };
}

const cut = (text: string) => (text.length > NAME_LENGTH ? `${text.slice(0, NAME_LENGTH - 1)}…` : text);
