import { Fragment } from 'react';
import type { LogRow } from '../../../shared/log.ts';
import type { LaneView } from '../../../shared/session-kind.ts';
import { formatByteCount, formatInteger } from '../../kit/format/bytes.ts';
import { formatClock, formatDateTime, formatSinceStart } from '../../kit/format/time.ts';
import { useLogViews } from '../../view/view-store.ts';

const LANE_WORDS: Readonly<Record<LaneView, string>> = {
  in: 'received',
  out: 'sent',
  s2c: 'server to client',
  c2s: 'client to server',
};

/**
 * Which record it is: number, time, size and direction, only the first ones if space is short; the day is in the
 * tooltip.
 */
export function Facts({ row }: { row: LogRow }) {
  const timeMode = useLogViews((state) => state.timeMode);
  const zone = timeMode === 'utc' ? 'utc' : 'local';
  const time = timeMode === 'start' ? formatSinceStart(row.mono) : formatClock(row.wall, zone);
  const parts = [`#${formatInteger(row.seq)}`, time];
  if (row.kind === 'message') parts.push(formatByteCount(row.size), LANE_WORDS[row.direction ?? 'in']);
  else if (row.size > 0) parts.push(formatByteCount(row.size));
  return (
    <span className="facts number" title={`${formatDateTime(row.wall, zone)} · ${parts.join(' · ')}`}>
      {parts.map((part, at) => (
        <Fragment key={part}>
          {at > 0 && ' '}
          <span>{at > 0 ? `· ${part}` : part}</span>
        </Fragment>
      ))}
    </span>
  );
}
