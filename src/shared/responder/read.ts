import * as v from 'valibot';
import { stringify } from 'yaml';
import { checkExpected, checkPayload } from '../scenario/check-content.ts';
import type { Problem } from '../types/model.ts';
import { problemsOf, readYaml, type YamlFile } from '../yaml-file.ts';
import { expectedOf, nameOf, type ResponderRule, type ResponderRules, replyOf, responderSchema } from './schema.ts';
import { checkVariables, type RuleMistake } from './variables.ts';

/** Characters of a rules file. */
const MAX_LENGTH = 4_000_000;

export interface ResponderReading {
  /** Undefined if there are problems. */
  readonly rules: ResponderRules | undefined;
  readonly problems: readonly Problem[];
}

/** Reads a rules file. `file`: its name in problems. Never throws. */
export function readResponder(text: string, file: string): ResponderReading {
  const reading = readYaml(text, file, MAX_LENGTH);
  if (!reading.ok) return { rules: undefined, problems: reading.problems };
  const parsed = v.safeParse(responderSchema, reading.file.content);
  if (!parsed.success) return { rules: undefined, problems: problemsOf(reading.file, responderSchema, parsed.issues) };
  const problems = [...problemsIn(parsed.output, reading.file)];
  return { rules: problems.length > 0 ? undefined : parsed.output, problems };
}

function* problemsIn(content: ResponderRules, yaml: YamlFile): Generator<Problem> {
  const names = new Set<string>();
  for (const [index, rule] of content.rules.entries()) {
    const name = nameOf(rule, index);
    if (names.has(name)) yield yaml.problemAt(`Another rule is called “${name}”.`, ['rules', index, 'name']);
    names.add(name);
  }
  for (const { rule, path, message } of mistakesIn(content)) yield yaml.problemAt(message, ['rules', rule, ...path]);
}

function* mistakesIn(content: ResponderRules): Generator<RuleMistake> {
  for (const [rule, given] of content.rules.entries()) {
    for (const message of checkExpected(expectedOf(given))) yield { rule, path: ['match'], message };
    for (const message of checkPayload(replyOf(given))) yield { rule, path: ['reply'], message };
  }
  yield* checkVariables(content);
}

/** The first problem of rules that come from no file; undefined if there is none. */
export function mistakeIn(content: ResponderRules): string | undefined {
  const [mistake] = mistakesIn(content);
  return mistake && `${nameOf(content.rules[mistake.rule] as ResponderRule, mistake.rule)}: ${mistake.message}`;
}

/** Rules as a file, which {@link readResponder} reads back. */
export const printResponder = (rules: ResponderRules): string => stringify(rules, { lineWidth: 120 });
