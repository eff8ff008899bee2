import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { DEFAULT_SETTINGS, type Settings, type SettingsState, settingsSchema } from '../shared/settings.ts';
import { diskFailure } from './capture/store/reasons.ts';
import { replaceFileSync } from './replace-file.ts';

const FILE = 'settings.json';
/** Nothing is removed while it is unknown what the user wants. */
const UNKNOWN: Settings = { retention: { maxBytes: null, maxAgeDays: null } };

/** The user's choices, in a file of the data folder that is replaced atomically. Another process may write it too. */
export class SettingsStore {
  readonly #file: string;

  constructor(dataDir: string) {
    this.#file = path.join(dataDir, FILE);
  }

  /**
   * As they are in the file now. What can't be read, or is invalid, means no limits, with the reason; its file stays
   * until new settings are made.
   */
  get state(): SettingsState {
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
    return unknown(`The settings in ${this.#file} are invalid: ${parsed.issues[0].message}.`);
  }

  /** Throws ShmscopeError `settings-failed`; then the old ones stay. */
  set(settings: Settings): void {
    try {
      replaceFileSync(this.#file, `${JSON.stringify(settings, null, 2)}\n`);
    } catch (error) {
      throw diskFailure('settings-failed', `The settings can't be saved to ${this.#file}, so the old ones stay`, error);
    }
  }
}

const unknown = (why: string): SettingsState => ({
  settings: UNKNOWN,
  problem: `${why} Nothing is removed until you set them again.`,
});
