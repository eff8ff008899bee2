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
  /** The capture file; it may be written to meanwhile. */
  readonly capture: string;
  /** Types to read messages with; omitted: those stored in the capture. */
  readonly types?: CompiledTypes;
}

export interface ExportTask extends ExportSource, TaskPlace {}

/** The exported file, piece by piece. */
export interface Exported {
  readonly section: string;
  readonly extension: string;
  /** Throws ShmscopeError `cancelled`, and SQLite's errors. A piece is valid until the next one. */
  readonly pieces: () => Generator<Piece>;
  /** What to tell the user once everything is written. */
  readonly note: () => string | null;
}

/** Records between two checks for cancellation. */
const CHECK_RECORDS = 256;

/**
 * Writes the records to a new file of the folder, or leaves nothing. Throws ShmscopeError `export-failed` for a disk
 * error, and the errors of {@link exporting}.
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
 * Opens a capture and exports what is requested. Throws ShmscopeError `cancelled`, `no-such-session`, `filter-invalid`,
 * `filter-too-slow`, and the errors of openForReading.
 * @param captureWorker worker.ts of the capture, for the regular expression thread
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
