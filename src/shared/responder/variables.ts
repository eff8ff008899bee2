import { namedGroups } from '../scenario/named-groups.ts';
import { isMade, namesIn, reservedName, templatesIn } from '../scenario/template.ts';
import { expectedOf, type ResponderRule, type ResponderRules } from './schema.ts';

/** What is wrong with a rule, and where in it. */
export interface RuleMistake {
  readonly rule: number;
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Variables that no message can give a value, and those named like what is generated each time. */
export function* checkVariables({ rules }: ResponderRules): Generator<RuleMistake> {
  const kept = new Set(rules.flatMap((rule) => [...keptBy(rule).keys()]));
  for (const [rule, content] of rules.entries()) {
    for (const [name, key] of keptBy(content)) {
      const message = reservedName(name);
      if (message !== undefined) yield { rule, path: [key], message };
    }
    for (const { text, path } of templatesOf(content)) {
      const unknown = namesIn(text).find((name) => name !== 'n' && !kept.has(name) && !isMade(name));
      if (unknown !== undefined)
        yield { rule, path, message: `No rule keeps a variable “${unknown}”. Keep it with capture, or a named group.` };
    }
  }
}

/** The variables that a rule captures, and by which of its keys. */
function keptBy(rule: ResponderRule): Map<string, 'match' | 'capture'> {
  const groups = namedGroups(expectedOf(rule)).map((name) => [name, 'match'] as const);
  return new Map([...groups, ...Object.keys(rule.capture ?? {}).map((name) => [name, 'capture'] as const)]);
}

const templatesOf = ({ match, reply }: ResponderRule) => [
  ...templatesIn(match, ['match']),
  ...templatesIn(reply, ['reply']),
];
