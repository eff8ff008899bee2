import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { existsSync, type FSWatcher, mkdirSync, statSync, watch } from 'node:fs';
import { link, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { ShmscopeError } from '../shared/failure.ts';
import { sourceEncoding, sourceText } from '../shared/text/source-text.ts';
import {
  BINDINGS_FILE,
  MAX_TYPE_FILE_BYTES,
  MAX_TYPE_FILES,
  MAX_TYPES_BYTES,
  type TypeFile,
  typeFileNameProblem,
} from '../shared/type-files.ts';
import type { Problem } from '../shared/types/model.ts';
import { diskFailure } from './capture/store/reasons.ts';
import { replaceFile } from './replace-file.ts';
import { throttle } from './throttle.ts';
import { tooLong } from './types/read.ts';

/** ms between two looks at a folder that others change. */
const LOOK_MS = 150;

/** What is in the folder. */
export interface FolderContent {
  /** By name, `bindings.yaml` among them. */
  readonly files: readonly TypeFile[];
  /** Of files that weren't read. */
  readonly problems: readonly Problem[];
}

type ReadFile =
  | { readonly file: TypeFile; readonly bytes: number; readonly problem?: Problem }
  | { readonly file?: undefined; readonly problem: Problem };

/** The folder of declared types: the user's files, which any program may change. */
export class TypeFolder {
  readonly path: string;
  #watcher: FSWatcher | undefined;
  /** Distinguishes the watched folder from one that replaced it. */
  #watched = '';
  #isClosed = false;
  readonly #look: ReturnType<typeof throttle>;
  #queue: Promise<unknown> = Promise.resolve();

  /** @param onLook something in it may have changed */
  constructor(dataDir: string, onLook: () => void) {
    this.path = path.join(dataDir, 'types');
    this.#look = throttle(() => {
      onLook();
      return LOOK_MS;
    });
    this.#watch({ recursive: true });
  }

  /** Rejects with ShmscopeError `types-failed` if it can't be read. */
  async content(): Promise<FolderContent> {
    if (!this.#isClosed && this.#watched !== stampOf(this.path)) this.#watch({ recursive: false });
    const names = await this.#names();
    const files: TypeFile[] = [];
    const problems: Problem[] = [];
    let left = MAX_TYPES_BYTES;
    for (const name of names) {
      if (files.length >= MAX_TYPE_FILES) {
        problems.push(notRead(name, `It is not read: ${MAX_TYPE_FILES} files are read at most.`));
        break;
      }
      const read = await this.#read(name, left);
      if (read.problem) problems.push(read.problem);
      if (read.file) {
        left -= read.bytes;
        files.push(read.file);
      }
    }
    return { files, problems };
  }

  /** Writes a file if it has the version; null: if it doesn't exist. Rejects with `types-changed`, `types-failed`. */
  save(name: string, text: string, version: string | null): Promise<void> {
    return this.#change(name, async (file) => {
      await this.#expect(name, version);
      await replaceFile(file, new TextEncoder().encode(text));
    });
  }

  /** Rejects like {@link save}. */
  remove(name: string, version: string): Promise<void> {
    return this.#change(name, async (file) => {
      await this.#expect(name, version);
      await rm(file);
    });
  }

  /** Rejects like {@link save}, and if `to` exists already. */
  rename(name: string, to: string, version: string): Promise<void> {
    return this.#change(name, async (file) => {
      await this.#expect(name, version);
      const target = path.join(this.path, to);
      // Only the case differs: for Windows it is the same file.
      if (await isSameFile(file, target)) return rename(file, target);
      await this.#expect(to, null);
      await moveTo(file, target);
    });
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#watcher?.close();
    this.#look.cancel();
    await this.#queue;
  }

  /** Without it, other programs' changes show when something is changed here. */
  #watch({ recursive }: { readonly recursive: boolean }): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    try {
      if (recursive || !existsSync(this.path)) mkdirSync(this.path, { recursive, mode: 0o700 });
      this.#watcher = watch(this.path, { persistent: false }, () => this.#look.soon());
      this.#watcher.on('error', () => {});
      this.#watched = stampOf(this.path);
    } catch {
      // A folder that can't be created or watched is reported when something is to be stored in it.
    }
  }

  async #names(): Promise<string[]> {
    try {
      const all = await readdir(this.path);
      return all.filter((name) => typeFileNameProblem(name) === undefined).sort();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw diskFailure('types-failed', `${this.path} could not be read`, error);
    }
  }

  async #read(name: string, left: number): Promise<ReadFile> {
    try {
      const handle = await open(path.join(this.path, name), 'r');
      try {
        const { size } = await handle.stat();
        if (size > MAX_TYPE_FILE_BYTES) return { problem: notRead(name, tooLong('It', size)) };
        if (size > left) return { problem: notRead(name, 'It is not read: the files have more than 8 MiB together.') };
        const bytes = await handle.readFile();
        const isKept = sourceEncoding(bytes) !== 'utf-8' || isUtf8(bytes);
        const file = { name, text: sourceText(bytes), version: versionOf(bytes) };
        return { file, bytes: bytes.length, ...(!isKept && { problem: notUtf8(name) }) };
      } finally {
        await handle.close();
      }
    } catch (error) {
      return { problem: notRead(name, diskFailure('types-failed', 'It could not be read', error).message) };
    }
  }

  async #expect(name: string, version: string | null): Promise<void> {
    const now = await versionNow(path.join(this.path, name));
    if (now === version) return;
    throw new ShmscopeError('types-changed', changed(name, now, version));
  }

  #change(name: string, act: (file: string) => Promise<void>): Promise<void> {
    const file = path.join(this.path, name);
    const turn = this.#queue.then(async () => {
      try {
        await act(file);
      } catch (error) {
        throw diskFailure('types-failed', `${file} could not be changed`, error);
      }
    });
    this.#queue = turn.catch(() => {});
    return turn;
  }
}

export const isBindings = ({ name }: { readonly name: string }): boolean => name === BINDINGS_FILE;

function stampOf(folder: string): string {
  const found = statSync(folder, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.dev} ${found.ino} ${found.birthtimeNs}` : '';
}

const versionOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 32);

async function versionNow(file: string): Promise<string | null> {
  let handle: Awaited<ReturnType<typeof open>> | undefined;
  try {
    handle = await open(file, 'r');
    return versionOf(await handle.readFile());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  } finally {
    await handle?.close();
  }
}

async function isSameFile(file: string, other: string): Promise<boolean> {
  try {
    const [a, b] = await Promise.all([file, other].map((one) => stat(one, { bigint: true })));
    return a?.ino === b?.ino && a?.dev === b?.dev;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** A link never replaces a file that appeared meanwhile; some file systems have no links. */
async function moveTo(file: string, target: string): Promise<void> {
  try {
    await link(file, target);
  } catch (error) {
    if (!/^(EPERM|ENOSYS|ENOTSUP|EOPNOTSUPP)$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return rename(file, target);
  }
  await rm(file);
}

function changed(name: string, now: string | null, expected: string | null): string {
  if (expected === null) return `A file named ${name} already exists. Choose another name, or open that one.`;
  if (now === null)
    return `${name} no longer exists: it was removed or renamed elsewhere. Save it as a new file to keep yours.`;
  return `${name} was changed elsewhere after it was opened. Check that version before you save yours.`;
}

const notUtf8 = (file: string): Problem => ({
  severity: 'warning',
  message: 'It is not in UTF-8: characters that are not are shown as “\ufffd”, and lost if it is saved here.',
  ...{ file, line: 1, column: 1 },
});

const notRead = (file: string, message: string): Problem => ({ severity: 'error', message, file, line: 1, column: 1 });
