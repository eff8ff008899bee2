import {
  Menu,
  MenuButton,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  ToggleButton,
} from '@fluentui/react-components';
import { Pause16Filled, Play16Filled } from '@fluentui/react-icons';
import { memo } from 'react';
import { DIRECTIONS, LANES } from '../../../shared/domain.ts';
import { KINDS } from '../../../shared/record-kind.ts';
import { LANE_VIEW_WORDS, seesDirections } from '../../../shared/session-kind.ts';
import { useSession } from '../../host/host-store.ts';
import { formatInteger } from '../../kit/format/bytes.ts';
import { TIME_WORDS, type TimeMode } from '../../kit/format/time.ts';
import type { Reach } from '../../view/source-state.ts';
import { followEnd, setTimeMode, stopFollowing, togglePause, useLogView, useLogViews } from '../../view/view-store.ts';
import { FilterChips } from './FilterChips.tsx';
import './toolbar.css';

const BY_DIRECTION = { label: 'Direction', field: 'dir', all: DIRECTIONS } as const;
const BY_LANE = { label: 'Lane', field: 'lane', all: LANES, words: LANE_VIEW_WORDS } as const;

/** The parts of the toolbar are memos: only the count changes thirty times a second. */
export const Chips = memo(function Chips({ session, apply }: { session: number; apply: (filter: string) => void }) {
  const { filter } = useLogView(session);
  const role = useSession(session, (s) => s.role) ?? 'server';
  return (
    <div className="log-tools">
      <FilterChips {...(seesDirections(role) ? BY_DIRECTION : BY_LANE)} filter={filter} apply={apply} />
      <FilterChips label="Kind" field="kind" all={KINDS} filter={filter} apply={apply} />
    </div>
  );
});

/** Records in the result, folded or not, and those that arrived after what the view shows. */
export function LogCount({ session, found, fresh }: { session: number; found: number; fresh: number }) {
  const records = useSession(session, (s) => s.committed) ?? 0;
  return (
    <>
      <span
        className="log-count number"
        title="Matching records out of all records in the session. Folded timeouts count individually."
      >
        {formatInteger(found)} of {formatInteger(records)}
      </span>
      {fresh > 0 && (
        <button type="button" className="fresh number" onClick={() => followEnd(session)}>
          +{formatInteger(fresh)} new
        </button>
      )}
    </>
  );
}

/** `reach`: how far the log is shown at this moment. */
export const ModeButtons = memo(function ModeButtons({ session, reach }: { session: number; reach: () => Reach }) {
  const { mode } = useLogView(session);
  return (
    <>
      <ToggleButton
        size="small"
        appearance="subtle"
        icon={<Play16Filled />}
        checked={mode === 'follow'}
        title="Follow new records (End)"
        onClick={() => (mode === 'follow' ? stopFollowing(session, reach()) : followEnd(session))}
      >
        Follow
      </ToggleButton>
      <ToggleButton
        size="small"
        appearance="subtle"
        icon={<Pause16Filled />}
        checked={mode === 'pause'}
        title="Pause view (Space in the log); the capture continues"
        onClick={() => togglePause(session, reach())}
      >
        Pause
      </ToggleButton>
    </>
  );
});

export const TimeMenu = memo(function TimeMenu({ session }: { session: number }) {
  const reference = useLogView(session).reference;
  const timeMode = useLogViews((state) => state.timeMode);
  return (
    <Menu
      checkedValues={{ time: [timeMode] }}
      onCheckedValueChange={(_, { checkedItems }) => setTimeMode(checkedItems[0] as TimeMode)}
    >
      <MenuTrigger disableButtonEnhancement>
        <MenuButton size="small" appearance="subtle" className="time-menu" title="Time display">
          {TIME_WORDS[timeMode]}
        </MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {(Object.keys(TIME_WORDS) as TimeMode[]).map((value) => (
            <MenuItemRadio
              key={value}
              name="time"
              value={value}
              disabled={value === 'marked' && reference === null}
              {...(value === 'marked' && { secondaryContent: 'Ctrl+T' })}
            >
              {TIME_WORDS[value]}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
});
