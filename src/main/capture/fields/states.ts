import { MAX_STATES } from '../../../shared/field-plot.ts';
import type { DrawnValue } from '../../match/field-values.ts';
import type { FieldCache } from './field-cache.ts';

/** The states of a field, and the numbers that stand for them. */
export class States {
  readonly #cache: FieldCache;
  readonly #id: number;
  readonly #numbers: Map<string, number>;

  constructor(cache: FieldCache, id: number) {
    this.#cache = cache;
    this.#id = id;
    this.#numbers = new Map(cache.states(id).map(([value, name]) => [name, value]));
  }

  get all(): readonly (readonly [value: number, name: string])[] {
    return [...this.#numbers].map(([name, value]) => [value, name] as const);
  }

  /** Texts are numbered in order of appearance; all after the first {@link MAX_STATES} share one number. */
  numberOf({ number, state }: DrawnValue): number {
    if (state === null) return number ?? 0;
    const known = this.#numbers.get(state);
    if (known !== undefined) return known;
    const value = number ?? Math.min(this.#numbers.size, MAX_STATES);
    if (this.#numbers.size >= MAX_STATES) return value;
    this.#numbers.set(state, value);
    this.#cache.addState(this.#id, value, state);
    return value;
  }
}
