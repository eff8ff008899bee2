import {
  Menu,
  MenuButton,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Tooltip,
} from '@fluentui/react-components';
import { Eye16Regular } from '@fluentui/react-icons';
import { TAP_MODES, type TapMode } from '../../../shared/session.ts';
import { useApi } from '../../host/api-context.ts';
import { useConnected, useTap } from '../../host/host-store.ts';
import { orNotify } from '../../host/notices-store.ts';
import { useRegistered } from '../../kit/commands/registry.ts';
import { RightsButton } from './RightsButton.tsx';
import { MODE_WORDS } from './words.ts';
import './tap.css';

/** How often a tap looks, and what it holds. */
export function TapControls({ id }: { id: number }) {
  const api = useApi();
  const tap = useTap(id, ({ state, mode }) => ({ state, mode }));
  const connected = useConnected();
  const isLooking = connected && (tap?.state === 'open' || tap?.state === 'opening');
  const choose = (mode: TapMode) => void orNotify("Couldn't change the mode", api.setTapMode(id, mode));
  useRegistered(
    TAP_MODES.map((mode) => ({
      ...{ id: `tap-${mode}`, title: `Tap mode: ${MODE_WORDS[mode].label}`, group: 'Sessions' as const },
      run: () => choose(mode),
      when: () => isLooking && tap?.mode !== mode,
    })),
  );
  if (!tap || !isLooking) return null;
  return (
    <div className="tap-controls">
      <RightsButton id={id} />
      <Menu
        checkedValues={{ mode: [tap.mode] }}
        onCheckedValueChange={(_, { checkedItems }) => {
          const mode = TAP_MODES.find((each) => each === checkedItems[0]);
          if (mode) choose(mode);
        }}
      >
        <Tooltip content={MODE_WORDS[tap.mode].hint} relationship="description" positioning="below">
          <MenuTrigger disableButtonEnhancement>
            <MenuButton size="small" icon={<Eye16Regular />} aria-label={`Tap mode: ${MODE_WORDS[tap.mode].label}`}>
              {MODE_WORDS[tap.mode].label}
            </MenuButton>
          </MenuTrigger>
        </Tooltip>
        <MenuPopover className="tap-modes">
          <MenuList>
            {TAP_MODES.map((mode) => (
              <MenuItemRadio key={mode} name="mode" value={mode} subText={MODE_WORDS[mode].hint}>
                {MODE_WORDS[mode].label}
              </MenuItemRadio>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
    </div>
  );
}
