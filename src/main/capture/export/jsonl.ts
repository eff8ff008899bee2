import { headLine, jsonHead, jsonTail, safeJson } from '../../../shared/json-record.ts';
import { contentOf } from '../store/content.ts';
import type { ExportFields } from './fields.ts';
import type { Format } from './format.ts';
import { hexPieces, PIECE_BYTES, payloadText } from './pieces.ts';
import type { WholeRecord } from './records.ts';

/** JSON Lines: the session, then a line a record, with all that an import needs to restore it. */
export const jsonl: Format<string> = {
  extension: 'jsonl',
  name: 'JSON Lines',
  maxRecords: Number.POSITIVE_INFINITY,
  head: ({ session, held }) => headLine(session, held),
  record: (whole) => recordLine(whole),
  foot: () => '',
};

/** The same with the fields of messages. */
export const jsonlWith = (fields: ExportFields): Format<string> => ({
  ...jsonl,
  record: (whole) => recordLine(whole, undefined, fields.json(whole)),
  note: () => fields.lack,
});

const line = (value: unknown) => `${safeJson(value)}\n`;

/** A record's line. `session`: its number, in a file of several; `fields`: of its message, where they are wanted. */
export function recordLine(whole: WholeRecord, session?: number, fields?: object): Iterable<string> {
  const { kind, size, bytes, encoding } = whole;
  const head = session === undefined ? jsonHead(whole) : { session, ...jsonHead(whole) };
  const tail = fields ? { fields, ...jsonTail(whole) } : jsonTail(whole);
  if (size > PIECE_BYTES) return inPieces(head, whole, tail);
  const content = kind === 'message' || size > 0 ? contentOf(bytes, encoding) : null;
  // A spread of all three takes almost twice as long.
  return [line(Object.assign(head, content, tail))];
}

/** The same line as for a small payload. */
function* inPieces(head: object, whole: WholeRecord, tail: object): Generator<string> {
  const text = payloadText(whole);
  yield `${safeJson(head).slice(0, -1)},"${text ? 'text' : 'hex'}":"`;
  if (text) for (const piece of text) yield safeJson(piece).slice(1, -1);
  else yield* hexPieces(whole.bytes);
  yield `",${line(tail).slice(1)}`;
}
