import type { LogRow } from '../../shared/log.ts';
import { formatByteCount, formatInteger } from '../format/bytes.ts';
import { formatClock, formatDateTime, formatSinceStart } from '../format/time.ts';
import { useLogViews } from '../log/view-store.ts';

/** Which record it is: number, size, direction and time; the day is in the tooltip. */
export function Facts({ row }: { row: LogRow }) {
  const timeMode = useLogViews((state) => state.timeMode);
  const zone = timeMode === 'utc' ? 'utc' : 'local';
  const time = timeMode === 'start' ? formatSinceStart(row.mono) : formatClock(row.wall, zone);
  const parts = [`#${formatInteger(row.seq)}`];
  if (row.kind === 'message') parts.push(formatByteCount(row.size), row.direction === 'in' ? 'received' : 'sent');
  return (
    <span className="facts number" title={`${parts.join(' · ')} ${formatDateTime(row.wall, zone)}`}>
      {parts.join(' · ')} {time}
    </span>
  );
}
