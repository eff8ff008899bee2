import { headLine, jsonContent, jsonHead, jsonMember, jsonTail, safeJson } from '../../../shared/json-record.ts';
import { contentOf } from '../store/content.ts';
import type { ExportFields } from './fields.ts';
import type { Format } from './format.ts';
import { hexPieces, PIECE_BYTES, payloadText } from './pieces.ts';
import type { WholeRecord } from './records.ts';

/** JSON Lines: the session, then one line per record, with everything that an import needs to restore it. */
export const jsonl: Format<string> = {
  extension: 'jsonl',
  name: 'JSON Lines',
  maxRecords: Number.POSITIVE_INFINITY,
  head: ({ session, held }) => headLine(session, held),
  record: (whole) => recordLine(whole),
  foot: () => '',
};

/** The same with the messages' fields. */
export const jsonlWith = (fields: ExportFields): Format<string> => ({
  ...jsonl,
  record: (whole) => recordLine(whole, undefined, fields.json(whole)),
  note: () => fields.lack,
});

/** A record's line. `session`: its number, in a file of several; `fields`: of its message, if requested. */
export function recordLine(whole: WholeRecord, session?: number, fields?: object): Iterable<string> {
  const { kind, size, bytes, encoding } = whole;
  const head = `{${session === undefined ? '' : `"session":${session},`}${jsonHead(whole)}`;
  const tail = `${jsonMember('fields', fields)}${jsonTail(whole)}}\n`;
  if (size > PIECE_BYTES) return inPieces(head, whole, tail);
  const content = kind === 'message' || size > 0 ? jsonContent(contentOf(bytes, encoding)) : '';
  return [`${head}${content}${tail}`];
}

/** The same line as for a small payload. */
function* inPieces(head: string, whole: WholeRecord, tail: string): Generator<string> {
  const text = payloadText(whole);
  yield `${head},"${text ? 'text' : 'hex'}":"`;
  if (text) for (const piece of text) yield safeJson(piece).slice(1, -1);
  else yield* hexPieces(whole.bytes);
  yield `"${tail}`;
}
