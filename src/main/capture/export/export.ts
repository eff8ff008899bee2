import type { ExportOptions, SeqRange } from '../../../shared/export.ts';
import type { CompiledTypes } from '../../../shared/types/compiled/compiled.ts';
import { openTypes } from '../../../shared/types/compiled/open.ts';
import { stopIfCancelled, type TaskHost, type TaskPlace, type TaskResult } from '../thread/task.ts';
import { CaptureFile, sayDamage } from './capture-file.ts';
import { ExportFields } from './fields.ts';
import type { ExportHead, Format, Piece } from './format.ts';
import { formatOf } from './formats.ts';
import { OutputFile } from './output-file.ts';
import { RecordReader, sessionOf } from './records.ts';
import type { Selection } from './selection.ts';

export interface ExportSource extends ExportOptions {
  /** The capture file; it may be written meanwhile. */
  readonly capture: string;
  /** By which messages are read; left out: what the capture remembers. */
  readonly types?: CompiledTypes;
}

export interface ExportTask extends ExportSource, TaskPlace {}

/** What is exported, piece by piece. */
export interface Exported {
  readonly section: string;
  readonly extension: string;
  /** Throws ShmscopeError `cancelled`, and SQLite's errors. A piece is good until the next one. */
  readonly pieces: () => Generator<Piece>;
  /** What the user should know of it, when all of it was written. */
  readonly note: () => string | null;
}

/** Records between two looks at whether to go on. */
const CHECK_RECORDS = 256;

/**
 * Writes the records to a new file of the folder, or leaves nothing. Throws ShmscopeError `export-failed` for the
 * file's disk, and what {@link exporting} throws.
 */
export const runExport = (task: ExportTask, captureWorker: string, host: TaskHost): Promise<TaskResult> =>
  exporting(task, captureWorker, host, (exported) => ({ file: writeFile(task, exported), note: exported.note() }));

function writeFile(place: TaskPlace, { section, extension, pieces }: Exported): string {
  const output = OutputFile.create(place);
  try {
    for (const piece of pieces()) output.write(piece);
    return output.finish(section, extension);
  } catch (error) {
    output.discard();
    throw error;
  }
}

/**
 * Opens a capture to export of it what is wanted. Throws ShmscopeError `cancelled`, `no-such-session`,
 * `filter-invalid`, `filter-too-slow`, and what openForReading throws for the capture.
 * @param captureWorker worker.ts of the capture, for the thread of regular expressions
 */
export async function exporting<T>(
  source: ExportSource,
  captureWorker: string,
  host: TaskHost,
  use: (exported: Exported) => T | Promise<T>,
): Promise<T> {
  const capture = new CaptureFile(source.capture, captureWorker);
  try {
    return await use(await opened(capture, source, host));
  } catch (error) {
    throw capture.explain(error);
  } finally {
    await capture.close();
  }
}

async function opened(capture: CaptureFile, source: ExportSource, host: TaskHost): Promise<Exported> {
  const [damage] = await capture.hideDamage([source.session], host.signal);
  capture.hold();
  const session = sessionOf(capture.db, source.session);
  const types = openTypes(source.types ?? capture.typesOf(source.session));
  const fields = source.fields ? new ExportFields(types, session.section) : undefined;
  const format = formatOf(source, fields);
  const selection = await capture.select(source.session, source.scope, host, source.types);
  const readAs = source.encoding ?? 'utf-8';
  const head = { readAs, session, asked: selection.count, held: Math.min(selection.count, format.maxRecords) };
  host.begin(`${session.section} as ${format.name}`, head.held);
  const reader = new RecordReader(capture.db, source.session, source.encoding);
  const notes = () => [noteOf(format, head), format.note?.(), damage && sayDamage(damage)];
  return {
    section: session.section,
    extension: format.extension,
    pieces: () => piecesOf(reader, { format, selection, head }, host),
    note: () => notes().filter(Boolean).join(' ') || null,
  };
}

interface Plan {
  readonly format: Format;
  readonly selection: Selection;
  readonly head: ExportHead;
}

function* piecesOf(reader: RecordReader, { format, selection, head }: Plan, host: TaskHost): Generator<Piece> {
  yield format.head(head);
  let done = 0;
  for (const record of records(reader, selection.ranges(), head.held)) {
    for (const piece of format.record(record)) {
      yield piece;
      if (record.size > 0 && piece.length > CHECK_RECORDS * 1024) stopIfCancelled(host);
    }
    done++;
    if (done % CHECK_RECORDS > 0) continue;
    stopIfCancelled(host);
    host.progress(done);
  }
  yield format.foot(head);
  stopIfCancelled(host);
  host.progress(done);
}

function* records(reader: RecordReader, ranges: Iterable<SeqRange>, most: number) {
  let taken = 0;
  for (const range of ranges) {
    for (const record of reader.read(range)) {
      if (taken === most) return;
      taken++;
      yield record;
    }
  }
}

function noteOf({ limit }: Format, { asked, held }: ExportHead): string | null {
  if (held === asked) return null;
  const [some, all] = [held, asked].map((n) => n.toLocaleString('en-US'));
  return `The file holds the first ${some} of ${all} records: ${limit}. Export JSON Lines, CSV or text for the rest.`;
}
