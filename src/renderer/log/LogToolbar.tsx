import {
  Button,
  Menu,
  MenuButton,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  ToggleButton,
} from '@fluentui/react-components';
import { Pause16Filled, Play16Filled } from '@fluentui/react-icons';
import { DIRECTIONS, KINDS } from '../../shared/domain.ts';
import type { RowFilter } from '../../shared/log.ts';
import { formatInteger } from '../format/bytes.ts';
import type { TimeMode } from '../format/time.ts';
import { FilterChips } from './FilterChips.tsx';
import {
  followEnd,
  pauseView,
  resumeReading,
  setTimeMode,
  stopFollowing,
  toggled,
  useLogView,
  useLogViews,
} from './view-store.ts';

const TIME_WORDS: Readonly<Record<TimeMode, string>> = {
  local: 'Local time',
  utc: 'UTC',
  start: 'Since the start',
};

interface Props {
  readonly session: number;
  readonly total: number;
  readonly records: number;
  readonly count: number;
  /** Rows that came after what the view shows. */
  readonly fresh: number;
  readonly applyFilter: (filter: RowFilter) => void;
}

export function LogToolbar({ session, total, records, count, fresh, applyFilter }: Props) {
  const { mode, filter } = useLogView(session);
  return (
    <div className="log-toolbar" role="toolbar" aria-label="Log">
      <FilterChips
        label="Direction"
        all={DIRECTIONS}
        wanted={filter.directions}
        toggle={(value) => applyFilter({ ...filter, directions: toggled(filter.directions, value, DIRECTIONS) })}
      />
      <span className="toolbar-line" />
      <FilterChips
        label="Kind"
        all={KINDS}
        wanted={filter.kinds}
        toggle={(value) => applyFilter({ ...filter, kinds: toggled(filter.kinds, value, KINDS) })}
      />
      <span className="toolbar-space" />
      <span className="log-count number">
        {formatInteger(total)} of {formatInteger(records)}
      </span>
      {fresh > 0 && (
        <Button size="small" appearance="subtle" className="fresh number" onClick={() => followEnd(session)}>
          +{formatInteger(fresh)} new
        </Button>
      )}
      <ToggleButton
        size="small"
        appearance="subtle"
        icon={<Play16Filled />}
        checked={mode === 'follow'}
        title="Keep the end in view (End)"
        onClick={() => (mode === 'follow' ? stopFollowing(session, count) : followEnd(session))}
      >
        Follow
      </ToggleButton>
      <ToggleButton
        size="small"
        appearance="subtle"
        icon={<Pause16Filled />}
        checked={mode === 'pause'}
        title="Hold the view still; the capture goes on"
        onClick={() => (mode === 'pause' ? resumeReading(session) : pauseView(session, count))}
      >
        Pause
      </ToggleButton>
      <TimeMenu />
    </div>
  );
}

function TimeMenu() {
  const timeMode = useLogViews((state) => state.timeMode);
  return (
    <Menu
      checkedValues={{ time: [timeMode] }}
      onCheckedValueChange={(_, { checkedItems }) => setTimeMode(checkedItems[0] as TimeMode)}
    >
      <MenuTrigger disableButtonEnhancement>
        <MenuButton size="small" appearance="subtle">
          {TIME_WORDS[timeMode]}
        </MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {(Object.keys(TIME_WORDS) as TimeMode[]).map((value) => (
            <MenuItemRadio key={value} name="time" value={value}>
              {TIME_WORDS[value]}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
