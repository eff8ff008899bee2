import { DatabaseSync } from 'node:sqlite';
import type { ExportOptions } from '../../../shared/export.ts';
import { captureFailure } from '../reasons.ts';
import { stopIfCancelled, type TaskHost, type TaskPlace, type TaskResult } from '../task.ts';
import { type ExportHead, FORMATS, type Format } from './format.ts';
import { OutputFile } from './output-file.ts';
import { RecordReader, type SeqRange, sessionOf } from './records.ts';
import { type Selection, select } from './selection.ts';

export interface ExportTask extends ExportOptions, TaskPlace {
  /** The capture file; it may be written meanwhile. */
  readonly capture: string;
}

/** Records between two looks at whether to go on. */
const CHECK_RECORDS = 256;

/**
 * Writes the records to a new file of the folder, or leaves nothing. Throws ShmscopeError `cancelled`, `no-such-session`,
 * `export-failed` for the file's disk, `capture-failed` for the capture's.
 */
export async function runExport(task: ExportTask, host: TaskHost): Promise<TaskResult> {
  const db = openCapture(task.capture);
  try {
    // One view of the capture from beginning to end, whatever is written or removed meanwhile.
    db.exec('BEGIN');
    const session = sessionOf(db, task.session);
    const format = FORMATS[task.format];
    const selection = await select(db, task.session, task.scope, () => stopIfCancelled(host));
    const head = { session, asked: selection.count, held: Math.min(selection.count, format.maxRecords) };
    host.begin(`${session.section} as ${format.name}`, head.held);
    const file = writeFile(task, new RecordReader(db, task.session), { format, selection, head }, host);
    return { file, note: noteOf(head) };
  } catch (error) {
    const fromDatabase = (error as { errcode?: number }).errcode !== undefined;
    throw fromDatabase ? captureFailure(`The capture ${task.capture} can't be read`, error) : error;
  } finally {
    db.close();
  }
}

function openCapture(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { readOnly: true });
  } catch (error) {
    throw captureFailure(`The capture ${file} can't be read`, error);
  }
}

interface Plan {
  readonly format: Format;
  readonly selection: Selection;
  readonly head: ExportHead;
}

function writeFile(place: TaskPlace, reader: RecordReader, { format, selection, head }: Plan, host: TaskHost): string {
  const output = OutputFile.create(place);
  try {
    output.write(format.head(head));
    let done = 0;
    for (const record of records(reader, selection.ranges(), head.held)) {
      for (const piece of format.record(record)) {
        output.write(piece);
        if (record.size > 0 && piece.length > CHECK_RECORDS * 1024) stopIfCancelled(host);
      }
      done++;
      if (done % CHECK_RECORDS > 0) continue;
      stopIfCancelled(host);
      host.progress(done);
    }
    output.write(format.foot(head));
    stopIfCancelled(host);
    host.progress(done);
    return output.finish(head.session.section, format.extension);
  } catch (error) {
    output.discard();
    throw error;
  }
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

function noteOf({ asked, held }: ExportHead): string | null {
  if (held === asked) return null;
  const [some, all] = [held, asked].map((n) => n.toLocaleString('en-US'));
  return `The page holds the first ${some} of ${all} records: more would be too much for a browser. Export JSON Lines, CSV or text for the rest.`;
}
