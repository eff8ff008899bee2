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
import { memo, useState } from 'react';
import { useRegistered } from '../../kit/commands/registry.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { SavedDialog } from '../../kit/saved/SavedDialog.tsx';
import { SavedGroup } from '../../kit/saved/SavedGroup.tsx';
import { forgetFilter, rememberFilter, saveFilter, useFilters } from './filter-store.ts';

interface Props {
  /** The filter that is shown now. */
  readonly applied: string;
  readonly apply: (text: string) => void;
}

/** Saved filters, and those that were used last. */
export const FilterMenu = memo(function FilterMenu({ applied, apply }: Props) {
  const { recent, saved } = useFilters();
  const [managing, setManaging] = useState(false);
  useRegistered([{ id: 'filters', title: 'Save and manage filters…', group: 'Log', run: () => setManaging(true) }]);
  const use = (text: string) => {
    rememberFilter(text);
    apply(text);
  };
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <MenuButton size="small" appearance="subtle" icon={<Bookmark16Regular />} title="Saved and recent filters">
            Filters
          </MenuButton>
        </MenuTrigger>
        <MenuPopover className="filter-menu">
          <MenuList>
            <MenuItem onClick={() => setManaging(true)}>Save and manage…</MenuItem>
            <SavedGroup entries={saved} noteOf={({ text }) => short(text)} use={({ text }) => use(text)} />
            {recent.length > 0 && (
              <MenuGroup>
                <MenuDivider />
                <MenuGroupHeader>Recent</MenuGroupHeader>
                {recent.map((text) => (
                  <MenuItem key={text} className="filter-recent" title={visibleText(text)} onClick={() => use(text)}>
                    {visibleText(text)}
                  </MenuItem>
                ))}
              </MenuGroup>
            )}
          </MenuList>
        </MenuPopover>
      </Menu>
      {managing && (
        <SavedDialog
          what="filters"
          current={applied.trim() === '' ? null : visibleText(applied)}
          nothing="No filter is set. Enter one to save it."
          entries={saved.map(({ name, text }) => ({ name, note: visibleText(text) }))}
          save={(name) => saveFilter(name, applied)}
          forget={forgetFilter}
          close={() => setManaging(false)}
        />
      )}
    </>
  );
});

const short = (text: string) => visibleText(text.length > 40 ? `${text.slice(0, 40)}…` : text);
