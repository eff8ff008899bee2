import { Menu, MenuButton, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { MoreHorizontal16Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';

/** Further actions, behind three dots. `of`: what they apply to. */
export function MoreMenu({ of, children }: { of: string; children: ReactNode }) {
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <MenuButton
          appearance="subtle"
          size="small"
          menuIcon={null}
          icon={<MoreHorizontal16Regular />}
          aria-label={`More for ${of}`}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>{children}</MenuList>
      </MenuPopover>
    </Menu>
  );
}
