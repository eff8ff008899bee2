import { DatabaseSync } from 'node:sqlite';
import { ShmscopeError } from '../../../shared/failure.ts';
import type { FieldPlot } from '../../../shared/field-plot.ts';
import type { CompiledTypes } from '../../../shared/types/compiled/compiled.ts';
import { type OpenTypes, openTypes } from '../../../shared/types/compiled/open.ts';
import { digestOf } from '../../../shared/types/decoder.ts';
import { SpanFinder } from '../aggregate/span.ts';
import type { Searched } from '../search/search.ts';
import { Lru } from '../store/lru.ts';
import { presentAsCurrent } from '../store/older-version.ts';
import { avoidBrokenIndex, explainOpenError } from '../store/open-file.ts';
import { captureFailure } from '../store/reasons.ts';
import { hideDamage } from '../store/salvage.ts';
import type { FieldsCalls, ReadSweeps, SweepCut, TypedPlotQuery } from './calls.ts';
import { CACHE_SUFFIX, FieldCache } from './field-cache.ts';
import { MessageReader } from './message-reader.ts';
import { Plotter } from './plotter.ts';
import { SweepReader } from './sweep-reader.ts';

/** Sets of types that stay open. */
const OPEN_TYPES = 4;

/**
 * Plots fields of messages over time, on a thread of its own. What was read once is kept in a file beside the capture.
 */
export class Fields implements FieldsCalls {
  #file = '';
  #db: DatabaseSync | undefined;
  #cache: FieldCache | undefined;
  #plotter: Plotter | undefined;
  #sweeps: SweepReader | undefined;
  readonly #closing = new AbortController();
  readonly #types = new Lru<string, OpenTypes>(OPEN_TYPES, () => 1);

  async open({ file, damaged }: Searched): Promise<void> {
    this.#file = file;
    try {
      const db = new DatabaseSync(file, { readOnly: true });
      this.#db = db;
      avoidBrokenIndex(db);
      presentAsCurrent(db);
      if (damaged) await hideDamage(db, damaged.sessions, damaged.damage, this.#closing.signal);
      this.#cache = FieldCache.open(file + CACHE_SUFFIX);
      const [span, messages] = [new SpanFinder(db), new MessageReader(db)];
      this.#plotter = new Plotter({ db, cache: this.#cache, span, messages });
      this.#sweeps = new SweepReader(db, span, messages);
    } catch (error) {
      this.close();
      throw captureFailure(`The capture ${file} can't be read`, error);
    }
  }

  plot({ types, ...query }: TypedPlotQuery): FieldPlot {
    const plotter = this.#plotter;
    if (!plotter) throw closed();
    return this.#reading(() => plotter.plot(query, this.#openedTypes(types)));
  }

  sweeps({ types, ...cut }: SweepCut): ReadSweeps {
    const sweeps = this.#sweeps;
    if (!sweeps) throw closed();
    return this.#reading(() => sweeps.read(cut, this.#openedTypes(types).open));
  }

  close(): void {
    this.#closing.abort();
    this.#plotter = undefined;
    this.#sweeps = undefined;
    this.#cache?.close();
    this.#cache = undefined;
    this.#db?.close();
    this.#db = undefined;
  }

  /** The same types are already open. */
  #openedTypes(types: CompiledTypes): { readonly open: OpenTypes; readonly digest: string } {
    const digest = digestOf(JSON.stringify(types));
    return { open: this.#types.get(digest) ?? this.#types.set(digest, openTypes(types)), digest };
  }

  #reading<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw explainOpenError(this.#file, error);
    }
  }
}

const closed = () => new ShmscopeError('closed', 'The capture is closed.');
