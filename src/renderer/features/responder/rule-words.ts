import type { ResponderRule } from '../../../shared/responder/schema.ts';
import type { RuleState } from '../../../shared/responder/state.ts';
import { writeExactJson } from '../../../shared/text/exact-json.ts';
import { formatInteger, plural } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';

const quoted = (kind: string, value: unknown): string => {
  if (kind === 'json') return writeExactJson(value);
  return kind === 'text' ? `“${String(value)}”` : `${kind} ${String(value)}`;
};

/** "“ping”", "type Order, where side == SELL". */
export function partWords(part: ResponderRule['match'] | ResponderRule['reply']): string {
  if (typeof part === 'string') return visibleText(`“${part}”`);
  const given = Object.entries(part).filter(([, value]) => value !== undefined);
  return visibleText(given.map(([kind, value]) => quoted(kind, value)).join(', '));
}

/** "12 replies, 1 on its way". */
export function ruleStateWords({ replies, waiting }: RuleState): string {
  const sent = plural(replies, 'reply', 'replies');
  return waiting > 0 ? `${sent}, ${formatInteger(waiting)} on the way` : sent;
}
