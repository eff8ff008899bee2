import type { AbiId } from '../types/abi.ts';
import { openTypes } from '../types/compiled/open.ts';
import { type Match, type MatchHost, matchOf } from './match.ts';
import type { Payload } from './model.ts';
import { payloadBytes, ScenarioFault } from './payload.ts';
import type { StepProgram } from './program.ts';
import type { Expected } from './schema-payload.ts';
import type { Value } from './schema-words.ts';
import { fillDeep, made, namesIn, templatesIn } from './template.ts';

/**
 * What steps send and expect, with the current variables. What contains no variables is built once: a repeat does it
 * over and over.
 */
export class StepContents {
  readonly values: Map<string, Value>;
  readonly #host: MatchHost;
  readonly #payloads = new WeakMap<Payload, Uint8Array<ArrayBuffer>>();
  readonly #matches = new WeakMap<Expected, Match>();

  constructor({ values, types, abi }: Omit<StepProgram, 'steps'>, exec: MatchHost['exec']) {
    this.values = new Map(values);
    const opened = openTypes(types);
    this.#host = { decoderOf: (type, own) => opened.reader(type, own ?? (abi as AbiId))?.decoder, exec };
  }

  /** Throws {@link ScenarioFault}. */
  payload(payload: Payload): Uint8Array<ArrayBuffer> {
    const known = this.#payloads.get(payload);
    if (known) return known;
    const filled = this.#filled(payload);
    const bytes = payloadBytes(filled);
    if (filled === payload) this.#payloads.set(payload, bytes);
    return bytes;
  }

  /** Throws {@link ScenarioFault}. */
  match(expected: Expected): Match {
    const known = this.#matches.get(expected);
    if (known) return known;
    const filled = this.#filled(expected);
    const match = matchOf(filled, this.#host);
    if (filled === expected) this.#matches.set(expected, match);
    return match;
  }

  /** Throws {@link ScenarioFault} for what can't be expected, as far as it contains no variables. */
  check(expected: Expected): void {
    if (templatesIn(expected).next().done) this.match(expected);
  }

  /** What is expected, for people to read. */
  filled(expected: Expected): Expected {
    return this.#filled(expected);
  }

  /** The same object if there is nothing to fill in. */
  #filled<T extends object>(value: T): T {
    const templates = [...templatesIn(value)];
    if (templates.length === 0) return value;
    const lookup = (name: string) => this.values.get(name) ?? made(name, () => Date.now() * 1000);
    const missing = templates.flatMap(({ text }) => namesIn(text)).find((name) => lookup(name) === undefined);
    if (missing !== undefined) throw new ScenarioFault(`The variable “${missing}” has no value here.`);
    return fillDeep(value, lookup) as T;
  }
}
