import {
  Menu,
  MenuButton,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import { Bookmark16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { ResponderRules } from '../../../shared/responder/schema.ts';
import { plural } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { RuleSetsDialog } from './RuleSetsDialog.tsx';
import { useRuleSets } from './rule-sets.ts';

interface Props {
  /** null while what is written is no rules. */
  readonly rules: ResponderRules | null;
  readonly use: (rules: ResponderRules) => void;
}

/** Rules that were saved before, to be used again, and these to be saved. */
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
            {sets.length > 0 && (
              <MenuGroup>
                <MenuDivider />
                <MenuGroupHeader>Saved</MenuGroupHeader>
                {sets.map((set) => (
                  <MenuItem
                    key={set.name}
                    secondaryContent={plural(set.rules.rules.length, 'rule')}
                    onClick={() => use(set.rules)}
                  >
                    {visibleText(set.name)}
                  </MenuItem>
                ))}
              </MenuGroup>
            )}
          </MenuList>
        </MenuPopover>
      </Menu>
      {managing && <RuleSetsDialog rules={rules} close={() => setManaging(false)} />}
    </>
  );
}
