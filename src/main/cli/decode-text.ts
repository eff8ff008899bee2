import { isoMicros } from '../../shared/json-record.ts';
import type { TypeMatch } from '../../shared/types/compiled/open.ts';
import type { FieldValue } from '../../shared/types/decoder.ts';
import { oneLine } from '../capture/export/visible.ts';
import type { Payload } from './payload.ts';

/** A message in readable form: a line for it, and one per field. `reader`: none if no rule names its type. */
export function decodedText(reader: TypeMatch | undefined, { head, bytes }: Payload): string {
  const from = head ? `#${head.seq} ${isoMicros(head.wall)} ${head.direction ?? ''} ` : '';
  const size = `${bytes.length} byte${bytes.length === 1 ? '' : 's'}`;
  if (!reader) return `${from}no type, ${size}`;
  const { fields, fault, rest } = reader.decoder.decode(bytes);
  const mismatch = reader.verdict(bytes);
  return [
    `${from}${reader.decoder.id}, ${size}${fault ? `: ${oneLine(fault)}` : ''}`,
    ...fields.flatMap((field) => linesOf(field, 1)),
    ...(mismatch ? [`  ${mismatch.why}`] : []),
    ...(rest ? [`  rest: ${rest.size} bytes from ${rest.offset}`] : []),
  ].join('\n');
}

function linesOf(field: FieldValue, depth: number): string[] {
  const { name, type, offset, bit, fields, fault } = field;
  const place = offset === undefined ? '' : `${bit ? `${offset}:${bit.offset}` : offset}`.padStart(6);
  const value = fields ? '' : ` = ${valueText(field)}`;
  const note = fault ? `  (${oneLine(fault)})` : '';
  const line = `${place} ${'  '.repeat(depth)}${oneLine(name)}: ${oneLine(type)}${value}${note}`;
  return [line, ...(fields ?? []).flatMap((inner) => linesOf(inner, depth + 1))];
}

function valueText({ value, text }: FieldValue): string {
  if (value === undefined) return '?';
  if (typeof value === 'string') return JSON.stringify(oneLine(value));
  return text === undefined ? String(value) : `${text}${/^-?\d|^0x/.test(text) ? '' : ` (${value})`}`;
}
