import type { Lane } from '../../../shared/domain.ts';
import { LANE_VIEW_WORDS } from '../../../shared/session-kind.ts';
import { useChannel, useConnected } from '../../host/host-store.ts';
import { formatByteCount, percentOf } from '../../kit/format/bytes.ts';
import { slotWords } from '../header/slot.ts';
import { Unread } from '../header/Unread.tsx';

/** One lane's slot in little room: how full it is, and what became of its content. */
export function LaneCell({ id, lane }: { id: number; lane: Lane }) {
  const connected = useConnected();
  const slot = useChannel(id, (s) => ({
    ...s.slots[lane],
    capacity: s.capacity,
    open: s.state === 'open',
    began: s.began,
  }));
  if (!slot || slot.capacity === 0) return <span className="watch-lane" />;
  const { capacity, length } = slot;
  const live = slot.open && connected;
  const words = slotWords(slot, live);
  const percent = percentOf(length, capacity);
  const over = length > capacity;
  return (
    <span className="watch-lane" data-live={live}>
      <span className={`watch-lane-name ${lane}`}>{LANE_VIEW_WORDS[lane]}</span>
      {/* biome-ignore lint/a11y/useSemanticElements: as the gauges of the header */}
      <span
        className="gauge-track"
        role="meter"
        aria-label={LANE_VIEW_WORDS[lane]}
        aria-valuemin={0}
        aria-valuemax={capacity}
        aria-valuenow={Math.min(length, capacity)}
        aria-valuetext={`${over ? 'over' : `${percent} percent`}, ${formatByteCount(length)}, ${words.text}`}
      >
        <span className={over ? 'gauge-fill over' : 'gauge-fill'} style={{ width: `${Math.min(percent, 100)}%` }} />
      </span>
      <span className={over ? 'number bad' : 'number'}>{over ? 'over' : `${percent} %`}</span>
      <span className={`watch-slot ${words.tone}`}>
        {words.since === null ? words.text : <Unread text={words.text} since={slot.began + words.since} />}
      </span>
    </span>
  );
}
