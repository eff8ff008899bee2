import { Menu, MenuButton, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import type { LogRow } from '../../shared/log.ts';
import { formatSize } from '../format/bytes.ts';
import { useApi } from '../shell/api-context.ts';
import { orNotify } from '../shell/notices-store.ts';
import { copyPayload, MAX_COPY } from './copy.ts';

export function CopyMenu({ session, row }: { session: number; row: LogRow }) {
  const api = useApi();
  const tooLarge = row.size > MAX_COPY;
  const copy = (form: 'text' | 'hex') =>
    orNotify('Nothing was copied', copyPayload(api, { session, seq: row.seq, size: row.size }, form));
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <MenuButton size="small" appearance="subtle">
          Copy
        </MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem disabled={tooLarge} onClick={() => copy('text')}>
            As text
          </MenuItem>
          <MenuItem disabled={tooLarge} onClick={() => copy('hex')}>
            As hex
          </MenuItem>
          {tooLarge && <MenuItem disabled>More than {formatSize(MAX_COPY)} can't be copied</MenuItem>}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
