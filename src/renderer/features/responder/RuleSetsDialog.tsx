import { Field, Input } from '@fluentui/react-components';
import { Delete16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { ResponderRules } from '../../../shared/responder/schema.ts';
import { FormDialog } from '../../kit/controls/FormDialog.tsx';
import { IconButton } from '../../kit/controls/IconButton.tsx';
import { plural } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { forgetRuleSet, MAX_SET_NAME, saveRuleSet, useRuleSets } from './rule-sets.ts';

/** Gives the rules that are shown a name, and forgets others. */
export function RuleSetsDialog({ rules, close }: { rules: ResponderRules | null; close: () => void }) {
  const sets = useRuleSets();
  const [name, setName] = useState(rules?.name ?? '');
  const wanted = name.trim();
  const replaces = sets.some((each) => each.name === wanted);
  const isSavable = rules !== null && rules.rules.length > 0;
  const submit = () => {
    if (rules) saveRuleSet(wanted, rules);
    close();
  };
  return (
    <FormDialog
      title="Saved rules"
      action="Save"
      leave="Close"
      disabled={wanted === '' || !isSavable}
      submit={submit}
      close={close}
    >
      {isSavable ? (
        <Field
          label="Name"
          hint={`${plural(rules.rules.length, 'rule')}, for any session from now on`}
          {...(replaces && {
            validationState: 'warning',
            validationMessage: 'This replaces the saved rules with the same name.',
          })}
        >
          <Input value={name} maxLength={MAX_SET_NAME} onChange={(_, { value }) => setName(value)} />
        </Field>
      ) : (
        <p>There is no rule to save yet. Add one first.</p>
      )}
      <ul className="rule-sets" aria-label="Saved rules">
        {sets.map((each) => (
          <li key={each.name}>
            <span className="foreign">{visibleText(each.name)}</span>
            <span className="calm number">{plural(each.rules.rules.length, 'rule')}</span>
            <IconButton
              icon={<Delete16Regular />}
              label={`Delete ${visibleText(each.name)}`}
              hint="Delete"
              onClick={() => forgetRuleSet(each.name)}
            />
          </li>
        ))}
      </ul>
    </FormDialog>
  );
}
