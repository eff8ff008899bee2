import {
  Menu,
  MenuButton,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import type { Encoding } from '../../../shared/text/encodings.ts';
import { orNotify } from '../../host/notices-store.ts';
import { formatByteCount, formatSize } from '../../kit/format/bytes.ts';
import { COPY_FORMS, type CopyForm, copyPayload, MAX_COPY } from '../../view/copy.ts';
import type { PayloadSource } from '../../view/payload-source.ts';

interface Props {
  readonly source: PayloadSource;
  readonly encoding: Encoding;
  /** What is copied instead of everything. */
  readonly selected: { readonly from: number; readonly to: number } | null;
}

export function CopyMenu({ source, encoding, selected }: Props) {
  const range = selected ?? { from: 0, to: source.size };
  const size = range.to - range.from;
  const tooLarge = size > MAX_COPY;
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <MenuButton size="small" appearance="subtle">
          Copy
        </MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader>
              {selected ? `Selection, ${formatByteCount(size)}` : formatByteCount(size)}
            </MenuGroupHeader>
            {Object.entries(COPY_FORMS).map(([form, words]) => (
              <MenuItem
                key={form}
                disabled={tooLarge}
                onClick={() => orNotify("Couldn't copy", copyPayload(source, range, form as CopyForm, encoding))}
              >
                As {words}
              </MenuItem>
            ))}
          </MenuGroup>
          {tooLarge && <MenuItem disabled>More than {formatSize(MAX_COPY)} can't be copied</MenuItem>}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
