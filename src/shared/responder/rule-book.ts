import { StepContents } from '../scenario/contents.ts';
import { kept, type MatchHost } from '../scenario/match.ts';
import type { Payload } from '../scenario/model.ts';
import { ScenarioFault } from '../scenario/payload.ts';
import type { Expected } from '../scenario/schema-payload.ts';
import type { AbiId } from '../types/abi.ts';
import type { CompiledTypes } from '../types/compiled/compiled.ts';
import { expectedOf, nameOf, type ResponderRule, type ResponderRules, replyOf } from './schema.ts';

/** What a rule answers. */
export interface Answer {
  /** Its index among the rules. */
  readonly rule: number;
  readonly bytes: Uint8Array;
  readonly delayMs: number;
}

interface Entry {
  readonly name: string;
  readonly rule: ResponderRule;
  readonly expected: Expected;
  readonly reply: Payload;
  answers: number;
  failure: string | null;
}

/** Rules at work: which of them answers a message, and with what. Variables that one captures are available to all. */
export class RuleBook {
  readonly #entries: readonly Entry[];
  readonly #contents: StepContents;

  /**
   * `abi`: for types whose rule names none. Throws {@link ScenarioFault} for an unusable rule, as far as it contains no
   * variables.
   */
  constructor(
    { rules, abi: own }: ResponderRules,
    { types, abi, exec }: { types: CompiledTypes; abi: AbiId; exec: MatchHost['exec'] },
  ) {
    this.#contents = new StepContents({ values: [], types, abi: own ?? abi }, exec);
    this.#entries = rules.map((rule, index) => ({
      ...{ name: nameOf(rule, index), rule, expected: expectedOf(rule), reply: replyOf(rule) },
      ...{ answers: 0, failure: null },
    }));
    for (const { name, expected, reply } of this.#entries) {
      if (reply.kind === 'file') throw new ScenarioFault(`${name}: a file can be sent by rules of a file alone.`);
      naming(name, () => this.#contents.check(expected));
    }
  }

  get names(): readonly { readonly name: string; readonly enabled: boolean; readonly failure: string | null }[] {
    return this.#entries.map(({ name, rule, failure }) => ({ name, enabled: rule.enabled !== false, failure }));
  }

  /**
   * The answer of the first rule that has one; undefined if none has. `onFailure` is called for one that can't
   * continue.
   */
  answer(bytes: Uint8Array, onFailure: (name: string, reason: string) => void): Answer | undefined {
    for (const [index, entry] of this.#entries.entries()) {
      if (!isActive(entry)) continue;
      try {
        const reply = this.#reply(entry, bytes);
        if (reply) return { rule: index, bytes: reply, delayMs: entry.rule.delay ?? 0 };
      } catch (error) {
        if (!(error instanceof ScenarioFault)) throw error;
        entry.failure = error.message;
        onFailure(entry.name, error.message);
      }
    }
    return undefined;
  }

  /** Takes a rule out of use. */
  fail(rule: number, reason: string): void {
    const entry = this.#entries[rule];
    if (entry) entry.failure = reason;
  }

  #reply(entry: Entry, bytes: Uint8Array): Uint8Array | undefined {
    const verdict = this.#contents.match(entry.expected)(bytes);
    if (!verdict.ok) return undefined;
    const { values } = this.#contents;
    const found = kept(entry.rule.capture ?? {}, bytes, verdict.found, entry.expected.encoding);
    for (const [name, value] of Object.entries(found)) values.set(name, value);
    entry.answers++;
    values.set('n', entry.answers);
    return this.#contents.payload(entry.reply);
  }
}

const isActive = ({ rule: { enabled, times }, answers, failure }: Entry): boolean =>
  enabled !== false && failure === null && (times === undefined || answers < times);

function naming(name: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    throw error instanceof ScenarioFault ? new ScenarioFault(`${name}: ${error.message}`) : error;
  }
}
