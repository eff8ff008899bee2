import type { DatabaseSync } from 'node:sqlite';
import type { ExportOptions, SeqRange } from '../../../shared/export.ts';
import type { MatchRegex } from '../search/regex-matcher.ts';
import { RegexThread } from '../search/regex-thread.ts';
import { explainOpenError, openForReading } from '../store/open-file.ts';
import { hideDamage, Inspection, type Readable } from '../store/salvage.ts';
import { stopIfCancelled, type TaskHost, type TaskPlace, type TaskResult } from '../thread/task.ts';
import type { ExportHead, Format } from './format.ts';
import { formatOf } from './formats.ts';
import { OutputFile } from './output-file.ts';
import { RecordReader, sessionOf } from './records.ts';
import { type Selection, select } from './selection.ts';

export interface ExportTask extends ExportOptions, TaskPlace {
  /** The capture file; it may be written meanwhile. */
  readonly capture: string;
}

/** Records between two looks at whether to go on. */
const CHECK_RECORDS = 256;

/**
 * Writes the records to a new file of the folder, or leaves nothing. Throws ShmscopeError `cancelled`,
 * `no-such-session`,
 * `filter-invalid`, `filter-too-slow`, `export-failed` for the file's disk, and what openForReading throws for the
 * capture.
 * @param captureWorker worker.ts of the capture, for the thread of regular expressions
 */
export async function runExport(task: ExportTask, captureWorker: string, host: TaskHost): Promise<TaskResult> {
  const { db } = openForReading(task.capture);
  const regexes = new RegexThread(captureWorker);
  const match: MatchRegex = (payloads, from) => regexes.match(payloads, from, host.signal);
  try {
    const damage = await hideWhatIsDamaged(db, task.session, host.signal);
    // One view of the capture from beginning to end, whatever is written or removed meanwhile.
    db.exec('BEGIN');
    const session = sessionOf(db, task.session);
    const format = formatOf(task);
    const selection = await select({ db, session: task.session, match, host }, task.scope);
    const readAs = task.encoding ?? 'utf-8';
    const head = { readAs, session, asked: selection.count, held: Math.min(selection.count, format.maxRecords) };
    host.begin(`${session.section} as ${format.name}`, head.held);
    const file = writeFile(task, new RecordReader(db, task.session, task.encoding), { format, selection, head }, host);
    const notes = [noteOf(format, head), format.note?.(), damage && sayDamage(damage)];
    return { file, note: notes.filter(Boolean).join(' ') || null };
  } catch (error) {
    throw explainOpenError(task.capture, error);
  } finally {
    await regexes.close();
    db.close();
  }
}

/** What can be read of a damaged capture is exported. */
async function hideWhatIsDamaged(
  db: DatabaseSync,
  session: number,
  signal: AbortSignal,
): Promise<Readable | undefined> {
  const inspection = new Inspection(db, [session]);
  await inspection.run(Number.POSITIVE_INFINITY, signal);
  const { damage } = inspection;
  if (damage.length > 0) await hideDamage(db, [session], damage, signal);
  return damage[0];
}

function sayDamage({ end, lost }: Readable): string {
  const n = (count: number) => count.toLocaleString('en-US');
  const missing = lost === null ? 'how many followed is unknown' : `${n(lost)} that followed are missing`;
  return `The capture is damaged: its first ${n(end)} records could be read, ${missing}.`;
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

function noteOf({ limit }: Format, { asked, held }: ExportHead): string | null {
  if (held === asked) return null;
  const [some, all] = [held, asked].map((n) => n.toLocaleString('en-US'));
  return `The file holds the first ${some} of ${all} records: ${limit}. Export JSON Lines, CSV or text for the rest.`;
}
