import { Menu, MenuButton, MenuItemCheckbox, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';

interface Props<T extends string> {
  readonly label: string;
  readonly all: readonly T[];
  /** Empty: all. */
  readonly wanted: readonly T[];
  readonly toggle: (value: T) => void;
}

/** A choice of which rows are shown: one chip each where there is room, a menu where there isn't. */
export function FilterChips<T extends string>({ label, all, wanted, toggle }: Props<T>) {
  return (
    <>
      <fieldset className="chips" data-many={all.length > 2}>
        <legend className="visually-hidden">{label}</legend>
        {all.map((value) => (
          <button
            key={value}
            type="button"
            className={`chip ${value}`}
            aria-pressed={wanted.includes(value)}
            onClick={() => toggle(value)}
          >
            {value}
          </button>
        ))}
      </fieldset>
      {all.length > 2 && (
        <Menu
          checkedValues={{ wanted: [...wanted] }}
          onCheckedValueChange={(_, { checkedItems }) => {
            const value = all.find((v) => checkedItems.includes(v) !== wanted.includes(v));
            if (value) toggle(value);
          }}
        >
          <MenuTrigger disableButtonEnhancement>
            <MenuButton size="small" appearance="subtle" className="chips-menu">
              {wanted.length === 0 ? `${label}: all` : `${label}: ${wanted.length} of ${all.length}`}
            </MenuButton>
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              {all.map((value) => (
                <MenuItemCheckbox key={value} name="wanted" value={value}>
                  {value}
                </MenuItemCheckbox>
              ))}
            </MenuList>
          </MenuPopover>
        </Menu>
      )}
    </>
  );
}
