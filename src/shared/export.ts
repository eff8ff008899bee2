import * as v from 'valibot';
import { integer } from './domain.ts';
import { rowQuerySchema } from './log.ts';

export const EXPORT_FORMATS = ['jsonl', 'csv', 'excel', 'text', 'hex', 'html', 'scenario'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The most ranges of a selection; each may have any length. */
export const MAX_RANGES = 4096;
const RANGES_RULE =
  'At most 4,096 separate ranges of records can be exported at once. Filter for what they have in common.';
/** The most bytes of one chunk of an imported file. */
export const MAX_IMPORT_CHUNK = 1024 * 1024;

const seq = integer('Record number', 0, Number.MAX_SAFE_INTEGER);

const rangeSchema = v.pipe(
  v.strictTuple([seq, seq]),
  v.check(([first, last]) => first <= last, 'A record range ends before it starts.'),
);

/** Record numbers `first` to `last`, both included. */
export type SeqRange = v.InferOutput<typeof rangeSchema>;

/** How payloads are read unless the filter says otherwise. */
const { encoding } = rowQuerySchema.entries;

const exportScopeSchema = v.variant('what', [
  v.strictObject({ what: v.literal('everything') }),
  v.strictObject({ what: v.literal('filter'), filter: rowQuerySchema.entries.filter, encoding }),
  /** The part of a filter's result within ranges of record numbers. */
  v.strictObject({
    what: v.literal('selection'),
    filter: rowQuerySchema.entries.filter,
    encoding,
    /** In any order; numbers named twice are exported once. */
    ranges: v.pipe(v.array(rangeSchema), v.minLength(1, 'Nothing is selected.'), v.maxLength(MAX_RANGES, RANGES_RULE)),
  }),
]);
export type ExportScope = v.InferOutput<typeof exportScopeSchema>;

export const exportOptionsSchema = v.strictObject({
  session: rowQuerySchema.entries.session,
  scope: exportScopeSchema,
  format: v.picklist(EXPORT_FORMATS),
  /** For `excel`: Excel's list separator on the user's system. Omitted: a comma. */
  separator: v.optional(v.picklist([',', ';'])),
  /**
   * The encoding in which payloads are written as text; the files themselves are UTF-8. Omitted: only UTF-8 payloads.
   */
  encoding: rowQuerySchema.entries.encoding,
  /** For `jsonl`, `csv` and `excel`: also the messages' fields, as declared types decode them. */
  fields: v.optional(v.boolean()),
});
export type ExportOptions = v.InferOutput<typeof exportOptionsSchema>;

export const importOptionsSchema = v.strictObject({
  /** The user's name for the file; shown, never used as a path. */
  name: v.pipe(v.string('A name must be text.'), v.minLength(1), v.maxLength(255)),
  /** Bytes of the whole file. */
  size: integer('Size', 1, Number.MAX_SAFE_INTEGER),
});
export type ImportOptions = v.InferOutput<typeof importOptionsSchema>;

export const importChunkSchema = v.pipe(
  v.instance(Uint8Array, 'A chunk must be bytes.'),
  v.check((chunk) => chunk.byteLength <= MAX_IMPORT_CHUNK, 'A chunk can have at most 1 MiB.'),
);
