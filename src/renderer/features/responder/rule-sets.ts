import * as v from 'valibot';
import { type ResponderRules, responderSchema } from '../../../shared/responder/schema.ts';
import { preference } from '../../host/storage/preference.ts';
import { MAX_SAVED, savedNameSchema, withoutSaved, withSaved } from '../../kit/saved/saved.ts';

const schema = v.pipe(v.array(v.object({ name: savedNameSchema, rules: responderSchema })), v.maxLength(MAX_SAVED));
type RuleSets = v.InferOutput<typeof schema>;

/** Rules that were saved under a name, for any future session. */
export const useRuleSets = preference<RuleSets>('answers', schema, []);

/** Saves rules under a name, replacing those that had it. */
export function saveRuleSet(name: string, rules: ResponderRules): void {
  useRuleSets.setState(withSaved(useRuleSets.getState(), { name, rules }), true);
}

export function forgetRuleSet(name: string): void {
  useRuleSets.setState(withoutSaved(useRuleSets.getState(), name), true);
}
