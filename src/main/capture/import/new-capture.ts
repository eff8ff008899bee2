import { existsSync } from 'node:fs';
import type { StatementSync } from 'node:sqlite';
import type { LoggedSession } from '../../../shared/json-record.ts';
import type { RecordBatch } from '../../../shared/log.ts';
import { laneSeenAs } from '../../../shared/session-kind.ts';
import type { CapturedSession } from '../store/captured-session.ts';
import { storeText } from '../store/codes.ts';
import { createEmpty, fileNameOf, publish, timeStamp } from '../store/publish.ts';
import { diskFailure } from '../store/reasons.ts';
import { removeTemporary } from '../store/temporary.ts';
import type { TaskPlace } from '../thread/task.ts';
import { makeFolder, openForWriting } from '../write/create.ts';
import { Journal } from '../write/journal.ts';
import type { ImportedRecord } from './record-line.ts';

/** The approximate size of one transaction. */
const BATCH_RECORDS = 4096;
const BATCH_BYTES = 4 * 1024 * 1024;

/**
 * A capture that appears complete or not at all. Its methods throw ShmscopeError `import-failed`; call {@link discard}
 * then.
 */
export class NewCapture {
  readonly #place: TaskPlace;
  readonly #journal: Journal;
  readonly #insertMark: StatementSync;
  /** The session that records are added to. */
  #session: CapturedSession | undefined;
  #name = '';
  #records: ImportedRecord[] = [];
  #bytes = 0;
  #next = 0;
  #open = true;

  private constructor(place: TaskPlace) {
    this.#place = place;
    makeFolder(place.folder);
    // SQLite takes an empty file for a new database; one that it creates itself could be read by everybody.
    const db = openForWriting(createEmpty(place.temporary));
    this.#journal = new Journal(db);
    this.#insertMark = db.prepare('INSERT INTO mark (session, seq, label, note) VALUES (?, ?, ?, ?)');
  }

  static create(place: TaskPlace): NewCapture {
    try {
      return new NewCapture(place);
    } catch (error) {
      removeTemporary(place.temporary);
      throw failure(place, error);
    }
  }

  /** Sessions so far. */
  get sessions(): number {
    return this.#session?.id ?? 0;
  }

  /** What is added from here on belongs to this session. */
  begin(session: LoggedSession): void {
    this.#naming(() => {
      this.#flush();
      this.#session = { ...session, id: this.sessions + 1 };
      this.#name ||= fileNameOf(session.section);
      this.#next = 0;
      this.#journal.write({ sessions: [this.#session], batches: [] });
    });
  }

  /** Records of the session so far. */
  get count(): number {
    return this.#next + this.#records.length;
  }

  /** Adds a record, numbered after the last one. */
  add(record: ImportedRecord): void {
    this.#records.push(record);
    this.#bytes += record.head.size;
    if (this.#records.length >= BATCH_RECORDS || this.#bytes >= BATCH_BYTES) this.#naming(() => this.#flush());
  }

  /** Completes the file and gives it its name. Returns its path. */
  finish(): string {
    return this.#naming(() => {
      this.#flush();
      this.#close();
      if (existsSync(`${this.#place.temporary}-wal`))
        throw new Error('the last records could not be moved into the file');
      const name = `imported-${this.#name}-${timeStamp()}`;
      return publish(this.#place.temporary, this.#place.folder, name, 'sqlite');
    });
  }

  /** Leaves nothing behind. */
  discard(): void {
    try {
      this.#close();
    } catch {
      // It couldn't be completed, and need not be.
    } finally {
      removeTemporary(this.#place.temporary);
    }
  }

  #flush(): void {
    if (this.#records.length === 0) return;
    this.#journal.write({ sessions: [], batches: [this.#batch()] });
    this.#writeMarks();
    this.#next += this.#records.length;
    this.#records = [];
    this.#bytes = 0;
  }

  #writeMarks(): void {
    for (const [index, { mark, note }] of this.#records.entries()) {
      if (mark === null && note === null) continue;
      this.#insertMark.run(this.sessions, this.#next + index, storeText(mark), storeText(note));
    }
  }

  #batch(): RecordBatch {
    const payload = new Uint8Array(this.#bytes);
    const role = this.#session?.role ?? 'server';
    let offset = 0;
    const records = this.#records.map(({ head, bytes }, index) => {
      const lane = head.direction && laneSeenAs(role, head.direction);
      const draft = { ...head, lane, seq: this.#next + index, offset };
      payload.set(bytes, offset);
      offset += bytes.byteLength;
      return draft;
    });
    return { session: this.sessions, records, payload };
  }

  #close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#journal.close();
  }

  #naming<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw failure(this.#place, error);
    }
  }
}

const failure = ({ folder }: TaskPlace, error: unknown) =>
  diskFailure('import-failed', `The import can't be written to ${folder}`, error);
