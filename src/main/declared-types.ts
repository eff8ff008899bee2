import { toFailure } from '../shared/failure.ts';
import type { ReadTypeFiles, TypeFileText, TypesSnapshot } from '../shared/type-files.ts';
import { type CompiledTypes, NO_TYPES } from '../shared/types/compiled/compiled.ts';
import type { Problem } from '../shared/types/model.ts';
import { type FolderContent, isBindings, TypeFolder } from './type-folder.ts';
import { TypesCompiler } from './types/compiler.ts';

/** The user's declared types: the files in the data folder and what they declare, read again when one changes. */
export class DeclaredTypes {
  readonly #folder: TypeFolder;
  readonly #compiler: TypesCompiler;
  readonly #onChange: () => void;
  #snapshot: TypesSnapshot;
  /** Version of what was read. */
  #stamp = JSON.stringify([[], []]);
  /** The current scan; the next one starts after it. */
  #look: Promise<void> = Promise.resolve();

  /** @param onChange called with a new version */
  constructor(dataDir: string, workerPath: string, onChange: () => void) {
    this.#compiler = new TypesCompiler(workerPath);
    this.#onChange = onChange;
    this.#folder = new TypeFolder(dataDir, () => void this.#refresh());
    // Later than any of an earlier host.
    const version = Date.now();
    this.#snapshot = {
      ...{ version, folder: this.#folder.path, files: [], bindings: null },
      ...{ problems: [], compiled: NO_TYPES },
    };
    void this.#refresh();
  }

  get version(): number {
    return this.#snapshot.version;
  }

  get compiled(): CompiledTypes {
    return this.#snapshot.compiled;
  }

  /** As the folder is now. */
  async snapshot(): Promise<TypesSnapshot> {
    await this.#refresh();
    return this.#snapshot;
  }

  async save(name: string, text: string, version: string | null): Promise<TypesSnapshot> {
    await this.#folder.save(name, text, version);
    return this.snapshot();
  }

  async remove(name: string, version: string): Promise<TypesSnapshot> {
    await this.#folder.remove(name, version);
    return this.snapshot();
  }

  async rename(name: string, to: string, version: string): Promise<TypesSnapshot> {
    await this.#folder.rename(name, to, version);
    return this.snapshot();
  }

  /** What the files would declare if one had another text. */
  async try({ name, text }: TypeFileText): Promise<ReadTypeFiles> {
    const { files, problems } = await this.#folder.content();
    const others = files.filter((file) => file.name !== name);
    return this.#read({ files: text === null ? others : [...others, { name, text, version: '' }], problems });
  }

  async close(): Promise<void> {
    await this.#folder.close();
    await this.#look;
    await this.#compiler.close();
  }

  /** Never rejects: what can't be read is a problem. */
  #refresh(): Promise<void> {
    this.#look = this.#look.then(() => this.#lookNow());
    return this.#look;
  }

  async #lookNow(): Promise<void> {
    const before = this.#snapshot;
    const content = await this.#folder.content().catch(nothingFor);
    const stamp = JSON.stringify([content.files.map(({ name, version }) => [name, version]), content.problems]);
    if (stamp === this.#stamp) return;
    const read = await this.#read(content);
    this.#stamp = stamp;
    const bindings = content.files.find(isBindings) ?? null;
    const files = content.files.filter((file) => !isBindings(file));
    this.#snapshot = { ...read, version: before.version + 1, folder: before.folder, files, bindings };
    this.#onChange();
  }

  async #read({ files, problems }: FolderContent): Promise<ReadTypeFiles> {
    if (files.length === 0) return { problems, compiled: NO_TYPES };
    try {
      const read = await this.#compiler.read({
        folder: this.#folder.path,
        files: files.filter((file) => !isBindings(file)),
        bindings: files.find(isBindings)?.text ?? null,
      });
      return { ...read, problems: [...problems, ...read.problems] };
    } catch (error) {
      return { problems: [...problems, problemOf(error)], compiled: NO_TYPES };
    }
  }
}

const nothingFor = (error: unknown): FolderContent => ({ files: [], problems: [problemOf(error)] });

const problemOf = (error: unknown): Problem => ({
  severity: 'error',
  message: toFailure(error).message,
  ...{ file: '', line: 1, column: 1 },
});
