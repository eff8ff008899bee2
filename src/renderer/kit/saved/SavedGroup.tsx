import { MenuDivider, MenuGroup, MenuGroupHeader, MenuItem } from '@fluentui/react-components';
import { visibleText } from '../format/visible.ts';

interface Props<T> {
  readonly entries: readonly T[];
  /** Short, for a menu item. */
  readonly noteOf: (entry: T) => string;
  readonly use: (entry: T) => void;
}

/** What was saved, in a menu. */
export function SavedGroup<T extends { readonly name: string }>({ entries, noteOf, use }: Props<T>) {
  if (entries.length === 0) return null;
  return (
    <MenuGroup>
      <MenuDivider />
      <MenuGroupHeader>Saved</MenuGroupHeader>
      {entries.map((entry) => (
        <MenuItem key={entry.name} secondaryContent={noteOf(entry)} onClick={() => use(entry)}>
          {visibleText(entry.name)}
        </MenuItem>
      ))}
    </MenuGroup>
  );
}
