import type { LogRow } from '../../shared/log.ts';
import { formatByteCount, formatInteger } from '../format/bytes.ts';
import { formatDateTime, formatSinceStart } from '../format/time.ts';
import { useLogViews } from '../log/view-store.ts';

/** Which record it is: number, size, direction and time. */
export function Facts({ row }: { row: LogRow }) {
  const timeMode = useLogViews((state) => state.timeMode);
  const time =
    timeMode === 'start' ? formatSinceStart(row.mono) : formatDateTime(row.wall, timeMode === 'utc' ? 'utc' : 'local');
  const parts = [`#${formatInteger(row.seq)}`];
  if (row.kind === 'message') parts.push(formatByteCount(row.size), row.direction === 'in' ? 'received' : 'sent');
  return (
    <span className="facts number" title={`${parts.join(' · ')} ${time}`}>
      {parts.join(' · ')} {time}
    </span>
  );
}
