import { type FSWatcher, mkdirSync, readdirSync, rmSync, watch } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { ShmscopeError } from '../shared/failure.ts';
import {
  KEPT_KEYS,
  type KeptKey,
  type KeptText,
  type KeptTexts,
  type KeptVersions,
  MAX_KEPT_BYTES,
} from '../shared/kept.ts';
import { diskFailure } from './capture/store/reasons.ts';
import { replaceFile } from './replace-file.ts';
import { throttle } from './throttle.ts';

/** ms between two looks at a folder that other processes change. */
const LOOK_MS = 100;
const NOTHING: KeptText = { text: null, version: 0 };

interface Held extends KeptText {
  /** Tells this content of the file from the next. */
  readonly stamp: string;
}

/**
 * What the user keeps, a file for each value, so that several processes on one data folder never undo each other's: the
 * last one to write a value wins, and all see it.
 */
export class KeptStore {
  readonly #folder: string;
  readonly #onChange: () => void;
  readonly #held = new Map<KeptKey, Held>();
  /** Later than any of an earlier host. */
  #lastVersion = Date.now();
  #queue: Promise<unknown> = Promise.resolve();
  #watcher: FSWatcher | undefined;
  readonly #look = throttle(() => {
    void this.#inTurn(() => this.#refresh());
    return LOOK_MS;
  });

  /** @param onChange a version has changed, here or in another process */
  constructor(dataDir: string, onChange: () => void) {
    this.#folder = path.join(dataDir, 'kept');
    this.#onChange = onChange;
    this.#watch();
    this.#look.soon();
  }

  get versions(): KeptVersions {
    return Object.fromEntries([...this.#held].map(([key, { version }]) => [key, version]));
  }

  get(key: KeptKey): KeptText {
    const { text, version } = this.#held.get(key) ?? NOTHING;
    return { text, version };
  }

  /** All that is kept, as it stands in the folder now. */
  async all(): Promise<KeptTexts> {
    await this.#inTurn(() => this.#refresh());
    return Object.fromEntries([...this.#held.keys()].map((key) => [key, this.get(key)]));
  }

  /**
   * Keeps JSON in UTF-8. Resolves to its version when it is on the disk; rejects with ShmscopeError `invalid-argument`
   * or `settings-failed`.
   */
  keep(key: KeptKey, bytes: Uint8Array): Promise<number> {
    const text = jsonText(bytes);
    const file = this.#fileOf(key);
    return this.#inTurn(async () => {
      try {
        await replaceFile(file, bytes);
        return this.#hold(key, text, (await readKept(file)).stamp);
      } catch (error) {
        throw diskFailure('settings-failed', `${file} could not be written`, error);
      }
    });
  }

  /**
   * Puts a value aside that makes no sense. Resolves to the file that has it now; null when it is another version by
   * now. Rejects with ShmscopeError `settings-failed`.
   */
  setAside(key: KeptKey, version: number): Promise<string | null> {
    return this.#inTurn(async () => {
      await this.#refresh();
      if (this.get(key).version !== version || version === NOTHING.version) return null;
      const aside = path.join(this.#folder, `${key}.damaged-${new Date().toISOString().replaceAll(/\W/g, '')}.json`);
      try {
        await rename(this.#fileOf(key), aside);
      } catch (error) {
        throw diskFailure('settings-failed', `${this.#fileOf(key)} couldn't be set aside`, error);
      }
      await this.#refresh();
      return aside;
    });
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    this.#watcher?.close();
    this.#look.cancel();
    await this.#queue;
  }

  readonly #fileOf = (key: KeptKey) => path.join(this.#folder, `${key}.json`);

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(act);
    this.#queue = turn.catch(() => {});
    return turn;
  }

  #hold(key: KeptKey, text: string, stamp: string): number {
    this.#lastVersion += 1;
    this.#held.set(key, { text, version: this.#lastVersion, stamp });
    this.#onChange();
    return this.#lastVersion;
  }

  async #refresh(): Promise<void> {
    for (const key of KEPT_KEYS) {
      const held = this.#held.get(key);
      const { text, stamp } = await readKept(this.#fileOf(key), held);
      if (text !== null && stamp !== held?.stamp) this.#hold(key, text, stamp);
      if (text === null && this.#held.delete(key)) this.#onChange();
    }
  }

  /** Without it, what another process keeps is seen when a page is loaded. */
  #watch(): void {
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      removeLeftovers(this.#folder);
      this.#watcher = watch(this.#folder, { persistent: false }, () => this.#look.soon());
      this.#watcher.on('error', () => {});
    } catch {
      // A folder that can't be made or watched is said when something is to be kept in it.
    }
  }
}

/**
 * The text of a file, '' where that can't be read: no JSON, so that it is put aside. `held` is answered where it is
 * still that.
 */
async function readKept(file: string, held?: Held): Promise<{ readonly text: string | null; readonly stamp: string }> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'r');
    const { mtimeNs, size, ino } = await handle.stat({ bigint: true });
    const stamp = `${mtimeNs} ${size} ${ino}`;
    if (stamp === held?.stamp) return held;
    if (size > MAX_KEPT_BYTES) return { text: '', stamp };
    return { text: decoder.decode(await handle.readFile()), stamp };
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? { text: null, stamp: '' } : { text: '', stamp: code };
  } finally {
    await handle?.close();
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function jsonText(bytes: Uint8Array): string {
  try {
    const text = decoder.decode(bytes);
    JSON.parse(text);
    return text;
  } catch {
    throw new ShmscopeError('invalid-argument', 'Stored data must be JSON in UTF-8.');
  }
}

/** What a process that was killed was just writing. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = /\.(\d+)\.new$/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(path.join(folder, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
