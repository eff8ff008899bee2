import * as v from 'valibot';
import { type ResponderRules, responderSchema } from '../../../shared/responder/schema.ts';
import { preference } from '../../host/storage/preference.ts';

const MAX_SETS = 200;
export const MAX_SET_NAME = 60;

const schema = v.pipe(
  v.array(
    v.object({
      name: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_SET_NAME)),
      rules: responderSchema,
    }),
  ),
  v.maxLength(MAX_SETS),
);
type RuleSets = v.InferOutput<typeof schema>;

/** Rules that were saved under a name, for any session to come. */
export const useRuleSets = preference<RuleSets>('answers', schema, []);

/** Keeps rules under a name; those that had the name are replaced. */
export function saveRuleSet(name: string, rules: ResponderRules): void {
  const others = useRuleSets.getState().filter((each) => each.name !== name);
  const all = [...others, { name, rules }].sort((a, b) => a.name.localeCompare(b.name));
  useRuleSets.setState(all.slice(0, MAX_SETS), true);
}

export function forgetRuleSet(name: string): void {
  useRuleSets.setState(
    useRuleSets.getState().filter((each) => each.name !== name),
    true,
  );
}
