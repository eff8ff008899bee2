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
  /** Identifies this content of the file. */
  readonly stamp: string;
}

/**
 * What the user keeps: one file per value, so that several processes on one data folder don't undo each other's
 * changes. The last one to write a value wins, and all see it.
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

  /** Everything that is kept, as the folder is now. */
  async all(): Promise<KeptTexts> {
    await this.#inTurn(() => this.#refresh());
    return Object.fromEntries([...this.#held.keys()].map((key) => [key, this.get(key)]));
  }

  /**
   * Stores JSON in UTF-8. Resolves to its version once it is on disk; rejects with ShmscopeError `invalid-argument` or
   * `settings-failed`.
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
   * Moves an invalid value aside. Resolves to the file that has it now; null if it has another version by now. Rejects
   * with ShmscopeError `settings-failed`.
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

  /** Without it, another process's changes show when a page is loaded. */
  #watch(): void {
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      removeLeftovers(this.#folder);
      this.#watcher = watch(this.#folder, { persistent: false }, () => this.#look.soon());
      this.#watcher.on('error', () => {});
    } catch {
      // A folder that can't be created or watched is reported when something is to be stored in it.
    }
  }
}

/** The text of a file; '' if it can't be read: not JSON, so it is moved aside. Returns `held` itself if unchanged. */
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

/** What a killed process was writing. */
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
