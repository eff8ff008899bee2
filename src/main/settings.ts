import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { DEFAULT_SETTINGS, type Settings, type SettingsState, settingsSchema } from '../shared/settings.ts';
import { diskFailure } from './capture/reasons.ts';

const FILE = 'settings.json';
/** Where it is not known what the user wants, nothing is removed. */
const UNKNOWN: Settings = { retention: { maxBytes: null, maxAgeDays: null } };

/** What the user has chosen, in a file of the data folder that is replaced as a whole or not at all. */
export class SettingsStore {
  state: SettingsState;
  readonly #file: string;

  /** Settings that can't be read, or make no sense, are no limits, with the reason; their file stays until new ones are set. */
  constructor(dataDir: string) {
    this.#file = path.join(dataDir, FILE);
    this.state = this.#read();
  }

  /** Throws ShmscopeError `settings-failed`; then the old ones stay. */
  set(settings: Settings): void {
    const temporary = `${this.#file}.new`;
    try {
      mkdirSync(path.dirname(this.#file), { recursive: true, mode: 0o700 });
      writeDurably(temporary, `${JSON.stringify(settings, null, 2)}\n`);
      renameSync(temporary, this.#file);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw diskFailure('settings-failed', `The settings can't be kept in ${this.#file}, the old ones stay`, error);
    }
    this.state = { settings, problem: null };
  }

  #read(): SettingsState {
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return { settings: DEFAULT_SETTINGS, problem: null };
      return unknown(`The settings in ${this.#file} can't be read: ${message}.`);
    }
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), settingsSchema), text);
    if (parsed.success) return { settings: parsed.output, problem: null };
    return unknown(`The settings in ${this.#file} make no sense: ${parsed.issues[0].message}.`);
  }
}

const unknown = (why: string): SettingsState => ({
  settings: UNKNOWN,
  problem: `${why} Nothing is removed until you set them again.`,
});

function writeDurably(file: string, text: string): void {
  const fd = openSync(file, 'w', 0o600);
  try {
    writeSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
