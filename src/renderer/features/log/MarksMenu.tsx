import { Menu, MenuButton, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { Flag16Regular } from '@fluentui/react-icons';
import { memo } from 'react';
import type { Mark } from '../../../shared/marks.ts';
import { formatInteger } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';

/** Marks in the menu; the others are reached by F2 or the filter mark:*. */
const LISTED = 100;

interface Props {
  readonly marks: readonly Mark[];
  readonly jump: (seq: number) => void;
}

/** The session's marks and notes, by number. */
export const MarksMenu = memo(function MarksMenu({ marks, jump }: Props) {
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <MenuButton
          size="small"
          appearance="subtle"
          icon={<Flag16Regular />}
          title="Marks: Ctrl+M marks the selected record, F2 and Shift+F2 step through them"
          aria-label={`Marks: ${formatInteger(marks.length)}`}
        >
          {marks.length > 0 ? formatInteger(marks.length) : null}
        </MenuButton>
      </MenuTrigger>
      <MenuPopover className="marks-menu">
        <MenuList>
          {marks.length === 0 && <MenuItem disabled>No marks yet. Ctrl+M marks the selected record.</MenuItem>}
          {marks.slice(0, LISTED).map(({ seq, mark, note }) => (
            <MenuItem key={seq} secondaryContent={`#${formatInteger(seq)}`} onClick={() => jump(seq)}>
              <span className="foreign">{visibleText(mark || firstLine(note) || 'mark')}</span>
            </MenuItem>
          ))}
          {marks.length > LISTED && (
            <MenuItem disabled>{formatInteger(marks.length - LISTED)} more: filter by mark:*</MenuItem>
          )}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
});

const firstLine = (note: string | null) => (note ?? '').trimStart().split('\n', 1)[0]?.slice(0, 60);
