import { useRef } from 'react';
import { hostNow } from '../../host/host-clock.ts';
import { formatClock } from '../../kit/format/time.ts';
import { useWidth } from '../../kit/virtual/use-width.ts';
import { useLogViews, zoneOf } from '../../view/view-store.ts';
import { axisMarks } from '../timeline/axis.ts';
import { clockMarks } from '../timeline/words.ts';
import type { Strips } from './use-strips.ts';
import { useWatch } from './watch-store.ts';

/** px that a tick of the axis takes, with room around it. */
const MARK = 76;
/** px of half a label: one nearer to an edge would be cut off. */
const HALF_LABEL = 26;

interface Props {
  readonly strips: Strips | null;
  /** px of a strip, as last measured. */
  readonly width: number;
  readonly setWidth: (width: number) => void;
}

/** The time that all strips show, by the wall clock. */
export function Axis({ strips, width, setWidth }: Props) {
  const place = useRef<HTMLDivElement>(null);
  useWidth(place, setWidth);
  return (
    <div className="watch-axis number" aria-hidden="true">
      <div ref={place} className="watch-marks">
        {strips && <Marks {...strips} width={width} />}
      </div>
    </div>
  );
}

function Marks({ from, to, width }: Pick<Strips, 'from' | 'to'> & Pick<Props, 'width'>) {
  const zone = useLogViews(zoneOf);
  const now = hostNow();
  const offset = now.wall - now.mono;
  const shareOf = (mono: number) => (mono - from) / (to - from);
  const isWhole = (share: number) => Math.min(share, 1 - share) * width >= HALF_LABEL;
  const marks = axisMarks(from, to, offset, Math.floor(width / MARK)).filter((mark) => isWhole(shareOf(mark)));
  const words = clockMarks(marks, (mono) => mono + offset, zone);
  return (
    <>
      {marks.map((mark, i) => (
        <span key={mark} style={{ left: `${shareOf(mark) * 100}%` }}>
          {words[i]}
        </span>
      ))}
      <CrossTime {...{ from, to, offset }} />
    </>
  );
}

function CrossTime({ from, to, offset }: { from: number; to: number; offset: number }) {
  const zone = useLogViews(zoneOf);
  const cross = useWatch((state) => state.cross);
  if (cross === null) return null;
  const wall = Math.round(from + cross * (to - from) + offset);
  return (
    <span className="watch-cross-time" style={{ left: `${cross * 100}%` }}>
      {formatClock(wall, zone).slice(0, '10:00:02.5'.length)}
    </span>
  );
}
