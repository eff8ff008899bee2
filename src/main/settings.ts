import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { ShmscopeError } from '../shared/failure.ts';
import { DEFAULT_SETTINGS, type Settings, type SettingsState, settingsSchema } from '../shared/settings.ts';

const FILE = 'settings.json';

/** What the user has chosen, in a file of the data folder that is replaced as a whole or not at all. */
export class SettingsStore {
  state: SettingsState;
  readonly #file: string;

  /** Settings that can't be read, or make no sense, are the defaults with the reason; their file stays until new ones are set. */
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
      const why = error instanceof Error ? error.message : String(error);
      throw new ShmscopeError(
        'settings-failed',
        `The settings can't be kept in ${this.#file}: ${why}. The old ones stay.`,
      );
    }
    this.state = { settings, problem: null };
  }

  #read(): SettingsState {
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      return defaults(code === 'ENOENT' ? null : `The settings in ${this.#file} can't be read: ${message}.`);
    }
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), settingsSchema), text);
    if (parsed.success) return { settings: parsed.output, problem: null };
    return defaults(
      `The settings in ${this.#file} make no sense: ${parsed.issues[0].message}. The defaults are used until you change them.`,
    );
  }
}

const defaults = (problem: string | null): SettingsState => ({ settings: DEFAULT_SETTINGS, problem });

function writeDurably(file: string, text: string): void {
  const fd = openSync(file, 'w', 0o600);
  try {
    writeSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
