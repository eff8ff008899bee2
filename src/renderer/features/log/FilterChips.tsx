import { Menu, MenuButton, MenuItemCheckbox, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { toggledWord, type WordField, wordsOf } from '../filter/words.ts';

interface Props {
  readonly label: string;
  readonly field: WordField;
  readonly all: readonly string[];
  /** How the words are shown, if differently. */
  readonly words?: Readonly<Record<string, string>>;
  readonly filter: string;
  readonly apply: (filter: string) => void;
}

/** Words of one field that are written into the filter: one chip each if there is room, otherwise a menu. */
export function FilterChips({ label, field, all, words, filter, apply }: Props) {
  const wanted = wordsOf(filter, field);
  const toggle = (word: string) => apply(toggledWord(filter, field, word));
  return (
    <>
      <fieldset className="chips" data-many={all.length > 2}>
        <legend className="visually-hidden">{label}</legend>
        {all.map((word) => (
          <button
            key={word}
            type="button"
            className={`chip ${word}`}
            aria-pressed={wanted.includes(word)}
            onClick={() => toggle(word)}
          >
            {words?.[word] ?? word}
          </button>
        ))}
      </fieldset>
      {all.length > 2 && (
        <Menu
          checkedValues={{ wanted: [...wanted] }}
          onCheckedValueChange={(_, { checkedItems }) => {
            const word = all.find((each) => checkedItems.includes(each) !== wanted.includes(each));
            if (word) toggle(word);
          }}
        >
          <MenuTrigger disableButtonEnhancement>
            <MenuButton size="small" appearance="subtle" className="chips-menu">
              {wanted.length === 0 ? `${label}: all` : `${label}: ${wanted.length} of ${all.length}`}
            </MenuButton>
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              {all.map((word) => (
                <MenuItemCheckbox key={word} name="wanted" value={word}>
                  {words?.[word] ?? word}
                </MenuItemCheckbox>
              ))}
            </MenuList>
          </MenuPopover>
        </Menu>
      )}
    </>
  );
}
