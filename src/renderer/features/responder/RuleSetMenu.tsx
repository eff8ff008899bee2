import { Menu, MenuButton, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { Bookmark16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { ResponderRules } from '../../../shared/responder/schema.ts';
import { plural } from '../../kit/format/bytes.ts';
import { SavedDialog } from '../../kit/saved/SavedDialog.tsx';
import { SavedGroup } from '../../kit/saved/SavedGroup.tsx';
import { forgetRuleSet, saveRuleSet, useRuleSets } from './rule-sets.ts';

interface Props {
  /** null while what is written isn't valid rules. */
  readonly rules: ResponderRules | null;
  readonly use: (rules: ResponderRules) => void;
}

/** Saved rules, to be used again, and saving the current ones. */
export function RuleSetMenu({ rules, use }: Props) {
  const sets = useRuleSets();
  const [managing, setManaging] = useState(false);
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <MenuButton size="small" appearance="subtle" icon={<Bookmark16Regular />} title="Saved rules">
            Saved
          </MenuButton>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={() => setManaging(true)}>Save and manage…</MenuItem>
            <SavedGroup entries={sets} noteOf={(set) => countOf(set.rules)} use={(set) => use(set.rules)} />
          </MenuList>
        </MenuPopover>
      </Menu>
      {managing && (
        <SavedDialog
          what="rules"
          current={rules && rules.rules.length > 0 ? `${countOf(rules)}, for any session` : null}
          nothing="There is no rule to save yet. Add one first."
          suggested={rules?.name ?? ''}
          entries={sets.map((set) => ({ name: set.name, note: countOf(set.rules) }))}
          save={(name) => rules && saveRuleSet(name, rules)}
          forget={forgetRuleSet}
          close={() => setManaging(false)}
        />
      )}
    </>
  );
}

const countOf = ({ rules }: ResponderRules) => plural(rules.length, 'rule');
