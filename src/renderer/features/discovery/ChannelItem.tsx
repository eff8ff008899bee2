import { Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { Eye16Regular } from '@fluentui/react-icons';
import { memo } from 'react';
import type { Discovery, FoundSection } from '../../../shared/discovery.ts';
import { useApi } from '../../host/api-context.ts';
import { IconButton } from '../../kit/controls/IconButton.tsx';
import { formatSize } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { shortName } from '../../view/session-text.ts';
import { connectTo, lookThroughLens, tapChannel, watchBytes } from './actions.ts';
import { showDetails } from './details-store.ts';
import { sectionLine, troubleOf } from './words.ts';

/** A section in the side bar: a click shows its details, its menu what can be done with it. */
export const ChannelItem = memo(function ChannelItem(props: { section: FoundSection; discovery: Discovery }) {
  const { section, discovery } = props;
  const api = useApi();
  const name = visibleText(section.name);
  const trouble = troubleOf(section, discovery);
  const isOpenable = section.reading !== null && section.closed === null;
  return (
    <li className="found-item">
      <Menu openOnContext>
        <MenuTrigger>
          <button type="button" className="bare-button found-select" title={name} onClick={() => showDetails(section)}>
            <span className="found-first">
              <span className="found-name foreign">{shortName(section.name)}</span>
              {section.reading && <span className="found-size number">{formatSize(section.reading.capacity)}</span>}
            </span>
            <span className="found-second number">
              {trouble && <span className="bad">▲ {trouble}</span>}
              <span className="found-line foreign">{visibleText(sectionLine(section, trouble !== null))}</span>
            </span>
          </button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem disabled={!isOpenable} onClick={() => void tapChannel(api, section)}>
              Tap
            </MenuItem>
            <MenuItem disabled={!isOpenable} onClick={() => connectTo(section)}>
              Connect as client…
            </MenuItem>
            <MenuItem disabled={!isOpenable} onClick={() => lookThroughLens(section)}>
              Layout lens
            </MenuItem>
            <MenuItem disabled={section.closed !== null} onClick={() => void watchBytes(api, section)}>
              Watch as bytes
            </MenuItem>
            <MenuItem onClick={() => showDetails(section)}>Details…</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {isOpenable && (
        <IconButton
          className="found-tap"
          label={`Tap ${name}`}
          hint="Tap: observe its messages without taking part"
          icon={<Eye16Regular />}
          onClick={() => void tapChannel(api, section)}
        />
      )}
    </li>
  );
});
