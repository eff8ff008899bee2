import { Menu, MenuButton, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { REPORT_KINDS, REPORT_WORDS, type ReportKind } from './save-report.ts';

/** Saves the results as a file to hand in. */
export function SaveReport({ save }: { save: (kind: ReportKind) => void }) {
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <MenuButton size="small">Save report</MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {REPORT_KINDS.map((kind) => (
            <MenuItem key={kind} onClick={() => save(kind)}>
              {REPORT_WORDS[kind]}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
