import type { ImportOptions } from '../../../shared/export.ts';
import { ShmscopeError } from '../../../shared/failure.ts';
import type { LoggedSession } from '../../../shared/json-record.ts';
import type { TaskPlace, TaskResult } from '../thread/task.ts';
import { LineSplitter } from './lines.ts';
import { limitOfLine } from './long-line.ts';
import { NewCapture } from './new-capture.ts';
import { BrokenLine, type ImportedRecord, parseLine } from './record-line.ts';
import { Utf8Source } from './utf8-source.ts';

const BYTE_ORDER_MARK = Buffer.from('\ufeff');
/** Bytes of a line that may be white space alone. */
const MOST_BLANK = 4096;
const RENUMBERED = 'The file holds part of a log, so its records are renumbered from 0.';

/**
 * Turns a file into a capture as it arrives: one session per log, as when one log was appended to another. Blank lines
 * are skipped. Half a line is dropped where a log may break off: at the end of the file or before the next log.
 */
export class LogFile {
  readonly #task: ImportOptions & TaskPlace;
  readonly #source = new Utf8Source();
  readonly #lines = new LineSplitter(limitOfLine);
  readonly #notes = new Set<string>();
  #capture: NewCapture | undefined;
  #line = 0;
  #promised: number | null = null;
  #lastSeq = -1;
  /** The previous line, if it is broken. */
  #broken: ShmscopeError | undefined;

  constructor(task: ImportOptions & TaskPlace) {
    this.#task = task;
  }

  /** Throws ShmscopeError `import-invalid`, `import-failed`. */
  take(chunk: Uint8Array): void {
    try {
      for (const line of this.#lines.take(this.#source.take(chunk))) this.#take(line);
    } catch (error) {
      // An incomplete line is too long already.
      throw this.#faulty(this.#line + 1, error);
    }
  }

  /** The same, and completes the capture. */
  finish(): TaskResult {
    this.take(this.#source.end());
    const broken = this.#broken;
    if (broken) throw broken;
    this.#take(this.#lines.rest());
    if (!this.#capture) throw this.invalid('it is empty');
    this.#endSession();
    const { sessions } = this.#capture;
    if (sessions > 1) this.#notes.add(`The file holds ${sessions} logs: each is a session of the capture.`);
    return { file: this.#capture.finish(), note: [...this.#notes].join(' ') || null };
  }

  discard(): void {
    this.#capture?.discard();
  }

  invalid(why: string, remedy = ''): ShmscopeError {
    const message = `${this.#task.name} can't be imported: ${why}. Nothing was kept.${remedy}`;
    return new ShmscopeError('import-invalid', message);
  }

  #take(whole: Buffer): void {
    this.#line++;
    const line =
      whole[0] === BYTE_ORDER_MARK[0] && whole.indexOf(BYTE_ORDER_MARK) === 0
        ? whole.subarray(BYTE_ORDER_MARK.length)
        : whole;
    if (isBlank(line)) return;
    try {
      const { session, promised, record } = parseLine(line, this.#capture === undefined);
      if (this.#broken && !session) throw this.#broken;
      if (session) this.#begin(session, promised);
      if (record) this.#add(record);
    } catch (error) {
      const faulty = this.#broken ?? this.#faulty(this.#line, error);
      if (this.#broken || !this.#capture || !(error instanceof BrokenLine) || line[0] !== OPENING_BRACE) throw faulty;
      this.#broken = faulty;
    }
  }

  #begin(session: LoggedSession, promised: number | null): void {
    if (this.#capture) this.#endSession();
    this.#capture ??= NewCapture.create(this.#task);
    this.#capture.begin(session);
    this.#promised = promised;
    this.#lastSeq = -1;
  }

  #endSession(): void {
    const { count = 0 } = this.#capture ?? {};
    const [held, promised] = [count, this.#promised].map((n) => n?.toLocaleString('en-US'));
    const missing = this.#promised !== null && count !== this.#promised;
    if (missing && !this.#broken)
      throw this.invalid(`it holds ${held} records but its first line announces ${promised}`);
    if (!this.#broken) return;
    const rest = missing ? ` Of the ${promised} records announced in its first line, ${held} are there.` : '';
    this.#notes.add(`A log ends in the middle of a line, which was skipped.${rest}`);
    this.#broken = undefined;
  }

  #add(record: ImportedRecord): void {
    const capture = this.#capture as NewCapture;
    const { seq } = record.head;
    if (seq <= this.#lastSeq) throw new RangeError(`its number ${seq} comes after ${this.#lastSeq}`);
    if (capture.count === this.#promised) throw new RangeError(`the first line announces ${this.#promised} records`);
    this.#lastSeq = seq;
    if (seq !== capture.count) this.#notes.add(RENUMBERED);
    capture.add(record);
  }

  #faulty(line: number, error: unknown): ShmscopeError {
    if (error instanceof ShmscopeError) return error;
    const reason = error instanceof Error ? error.message : String(error);
    return this.invalid(`line ${line} is faulty: ${reason}`, ' Fix or delete that line, or export the log again.');
  }
}

const OPENING_BRACE = 0x7b;

/** Only white space, as far as a short line goes. */
const isBlank = (line: Buffer): boolean =>
  line.length === 0 || (line.length < MOST_BLANK && /^\s*$/.test(line.toString('latin1')));
