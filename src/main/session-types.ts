import { FIRST_OPENED_SESSION } from '../shared/captures.ts';
import { ShmscopeError } from '../shared/failure.ts';
import { type CompiledTypes, NO_TYPES } from '../shared/types/compiled/compiled.ts';
import { isNamed, typesFor } from '../shared/types/compiled/prune.ts';
import type { Capture } from './capture/capture.ts';
import type { CaptureLibrary } from './capture/library/library.ts';
import type { RecordSink } from './session/registry.ts';

interface Parts {
  readonly capture: Capture;
  readonly library: () => CaptureLibrary;
  /** The user's own, as they are now. */
  readonly declared: () => CompiledTypes;
}

/** The types that each session's messages are read with, and what the capture stores about them. */
export class SessionTypes {
  readonly #parts: Parts;
  /** Sections of this run's sessions. */
  readonly #sections = new Map<number, string>();
  /** What the capture holds for them. */
  readonly #kept = new Map<number, CompiledTypes>();
  /** What readers know. */
  readonly #told = new Map<number, CompiledTypes>();
  /** What opened captures have stored. */
  readonly #stored = new Map<number, Promise<CompiledTypes>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The capture as the sink of records, which also learns each session's types. */
  get sink(): RecordSink {
    const { capture } = this.#parts;
    return {
      committed: (session) => capture.committed(session),
      connect: (session) => {
        const port = capture.connect(session);
        this.#sections.set(session.id, session.section);
        this.#keep(session.id);
        return port;
      },
    };
  }

  /**
   * For a session of this run, the user's own types. For one of an opened capture, the user's own if one of their
   * bindings names its section, else what the capture stores, else what is bound to every section. Throws
   * `no-such-session`.
   */
  async of(session: number): Promise<CompiledTypes> {
    const declared = this.#parts.declared();
    const section = this.#sectionOf(session);
    if (session < FIRST_OPENED_SESSION || isNamed(declared, section)) return typesFor(declared, section);
    const stored = await this.#storedOf(session);
    return stored.bindings.length > 0 ? stored : typesFor(declared, section);
  }

  /** Tells the reader of the session's capture about its types, if it doesn't know them yet. */
  async tell(session: number): Promise<void> {
    const types = await this.of(session);
    const before = this.#told.get(session) ?? NO_TYPES;
    if (types === before) return;
    this.#told.set(session, types);
    try {
      await this.#parts.library().ask('bindTypes', { session, types });
    } catch (error) {
      this.#told.delete(session);
      throw error;
    }
  }

  /** The user's own types have changed. */
  changed(): void {
    for (const session of this.#sections.keys()) this.#keep(session);
  }

  #keep(session: number): void {
    const types = typesFor(this.#parts.declared(), this.#sectionOf(session));
    const before = this.#kept.get(session) ?? NO_TYPES;
    if (types === before || JSON.stringify(types) === JSON.stringify(before)) return;
    this.#kept.set(session, types);
    // Its records report it if the capture can't be written.
    this.#parts.capture.setTypes({ session, types }).catch(() => this.#kept.delete(session));
  }

  #storedOf(session: number): Promise<CompiledTypes> {
    const known = this.#stored.get(session);
    if (known) return known;
    const asked = this.#parts.library().ask('types', { session });
    this.#stored.set(session, asked);
    asked.catch(() => this.#stored.delete(session));
    return asked;
  }

  #sectionOf(session: number): string {
    const stored = () => this.#parts.library().snapshots.find(({ id }) => id === session)?.section;
    const section = session < FIRST_OPENED_SESSION ? this.#sections.get(session) : stored();
    if (section !== undefined) return section;
    throw new ShmscopeError('no-such-session', `There is no session ${session}. Its capture may have been closed.`);
  }
}
