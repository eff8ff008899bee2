import type { Lane } from '../../../shared/domain.ts';
import { useChannel, useConnected, useTap } from '../../host/host-store.ts';
import { formatByteCount, formatInteger, percentOf } from '../../kit/format/bytes.ts';
import { SignalMark } from '../tap/SignalMark.tsx';
import { slotWords } from './slot.ts';
import { Unread } from './Unread.tsx';
import './gauge.css';

const NAMES: Readonly<Record<Lane, string>> = { s2c: 'server → client', c2s: 'client → server' };

/** One direction's buffer: how full it is, how full it has been, and what became of its content. */
export function Gauge({ id, lane }: { id: number; lane: Lane }) {
  const connected = useConnected();
  const gauge = useChannel(id, (s) => ({
    ...s.slots[lane],
    capacity: s.capacity,
    open: s.state === 'open',
    began: s.began,
  }));
  const signalled = useTap(id, (s) => s.signalled[lane]);
  if (!gauge || gauge.capacity === 0) return null;
  const { capacity, length, highWater } = gauge;
  const live = gauge.open && connected;
  const words = slotWords(gauge, live);
  const percent = percentOf(length, capacity);
  const over = length > capacity;
  return (
    <div className="gauge" data-live={live}>
      <span className="gauge-name" id={`gauge-${id}-${lane}`}>
        {NAMES[lane]}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a meter element can't carry the high-water tick */}
      <div
        className="gauge-track"
        role="meter"
        aria-labelledby={`gauge-${id}-${lane}`}
        aria-valuemin={0}
        aria-valuemax={capacity}
        aria-valuenow={Math.min(length, capacity)}
        aria-valuetext={`${over ? 'over' : `${percent} percent`}, ${formatByteCount(length)}, ${words.text}`}
        title={`Peak: ${formatByteCount(highWater)}, ${percentOf(highWater, capacity)} %`}
      >
        <div className={over ? 'gauge-fill over' : 'gauge-fill'} style={{ width: `${Math.min(percent, 100)}%` }} />
        {highWater > 0 && (
          <div className="gauge-high" style={{ left: `${Math.min(100, (highWater / capacity) * 100)}%` }} />
        )}
      </div>
      <span className={over ? 'gauge-figures bad' : 'gauge-figures'}>
        <b>{over ? 'over' : `${percent} %`}</b> {formatInteger(length)} of {formatInteger(capacity)}
      </span>
      <span className={`gauge-state ${words.tone}`}>
        {live ? '' : 'was '}
        {words.since === null ? words.text : <Unread text={words.text} since={gauge.began + words.since} />}
      </span>
      {live && signalled !== undefined && <SignalMark signalled={signalled} />}
    </div>
  );
}
