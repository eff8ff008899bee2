import { Menu, MenuList, MenuPopover } from '@fluentui/react-components';
import type { ReactNode } from 'react';

interface Props {
  /** Where it opens, in px of the window. */
  readonly place: { readonly x: number; readonly y: number };
  readonly close: () => void;
  readonly children: ReactNode;
}

/** A context menu. It is open while mounted. */
export function MenuAt({ place, close, children }: Props) {
  const target = { getBoundingClientRect: () => new DOMRect(place.x, place.y, 0, 0) };
  return (
    <Menu
      open
      onOpenChange={(_, { open }) => open || close()}
      positioning={{ target, position: 'below', align: 'start' }}
    >
      <MenuPopover>
        <MenuList>{children}</MenuList>
      </MenuPopover>
    </Menu>
  );
}
