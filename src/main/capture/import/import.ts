import type { ImportOptions } from '../../../shared/export.ts';
import { ShmscopeError } from '../../../shared/failure.ts';
import { buffer } from '../content.ts';
import { stopIfCancelled, type TaskHost, type TaskPlace, type TaskResult } from '../task.ts';
import { LineSplitter } from './lines.ts';
import { limitOfLine } from './long-line.ts';
import { NewCapture } from './new-capture.ts';
import { parseHead, parseRecord } from './record-line.ts';

export interface ImportTask extends ImportOptions, TaskPlace {}

/**
 * Writes a JSON Lines export, as it comes in, to a new capture of the folder, or leaves nothing. Throws ShmscopeError
 * `cancelled`, `import-invalid` naming the line and what is wrong with it, `import-failed` for the disk.
 */
export async function runImport(
  task: ImportTask,
  chunks: AsyncIterable<Uint8Array>,
  host: TaskHost,
): Promise<TaskResult> {
  const reader = new LogFile(task);
  try {
    host.begin(`Import of ${task.name}`, task.size);
    let done = 0;
    for await (const chunk of chunks) {
      stopIfCancelled(host);
      done += chunk.byteLength;
      if (done > task.size) throw invalid(task, `it has more than the ${task.size} bytes that were announced`);
      reader.take(chunk);
      host.progress(done);
    }
    if (done < task.size) throw invalid(task, `it broke off after ${done} of ${task.size} bytes`);
    return reader.finish();
  } catch (error) {
    reader.discard();
    throw error;
  }
}

/** Takes a file line by line. */
class LogFile {
  readonly #task: ImportTask;
  readonly #lines = new LineSplitter(limitOfLine);
  #capture: NewCapture | undefined;
  #line = 0;
  #promised = 0;
  #lastSeq = -1;
  #renumbered = false;

  constructor(task: ImportTask) {
    this.#task = task;
  }

  take(chunk: Uint8Array): void {
    try {
      for (const line of this.#lines.take(buffer(chunk))) this.#take(line);
    } catch (error) {
      // A line that is not complete yet is too long already.
      throw error instanceof ShmscopeError ? error : this.#faulty(this.#line + 1, error);
    }
  }

  finish(): TaskResult {
    const rest = this.#lines.rest();
    if (rest.length > 0) this.#take(rest);
    if (!this.#capture) throw invalid(this.#task, 'it is empty');
    const { count } = this.#capture;
    if (count !== this.#promised)
      throw invalid(this.#task, `it holds ${count} records and its first line promises ${this.#promised}`);
    return { file: this.#capture.finish(), note: this.#renumbered ? RENUMBERED : null };
  }

  discard(): void {
    this.#capture?.discard();
  }

  #take(line: Buffer): void {
    this.#line++;
    try {
      if (this.#capture) this.#addRecord(this.#capture, line);
      else this.#begin(line);
    } catch (error) {
      throw error instanceof ShmscopeError ? error : this.#faulty(this.#line, error);
    }
  }

  #begin(line: Buffer): void {
    const { role, section, eventS2c, eventC2s, openedAt, records } = parseHead(line);
    this.#promised = records;
    this.#capture = NewCapture.create(this.#task, { id: 1, role, section, eventS2c, eventC2s, openedAt });
  }

  #addRecord(capture: NewCapture, line: Buffer): void {
    const record = parseRecord(line);
    const { seq } = record.head;
    if (seq <= this.#lastSeq) throw new RangeError(`its number ${seq} comes after ${this.#lastSeq}`);
    if (capture.count === this.#promised) throw new RangeError(`the first line promises ${this.#promised} records`);
    this.#lastSeq = seq;
    if (seq !== capture.count) this.#renumbered = true;
    capture.add(record);
  }

  #faulty(line: number, error: unknown): ShmscopeError {
    const reason = error instanceof Error ? error.message : String(error);
    return invalid(this.#task, `line ${line} is faulty: ${reason}`);
  }
}

const RENUMBERED = 'The file holds a part of a log: its records are numbered anew from 0.';

const invalid = ({ name }: ImportTask, why: string) =>
  new ShmscopeError('import-invalid', `${name} can't be imported: ${why}. Nothing of it was kept.`);
