import { Menu, MenuButton, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { useApi } from '../../host/api-context.ts';
import { REPORT_KINDS, REPORT_WORDS, saveReport } from './save-report.ts';

/** What runs came to, as a file to hand in. `name`: what it is called by. */
export function SaveReport({ runs, name }: { runs: readonly number[]; name: string }) {
  const api = useApi();
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <MenuButton size="small">Save report</MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {REPORT_KINDS.map((kind) => (
            <MenuItem key={kind} onClick={() => void saveReport(api, kind, runs, name)}>
              {REPORT_WORDS[kind]}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
