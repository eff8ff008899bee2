import type { LogRow, Run } from '../../../shared/log.ts';
import { formatInteger } from '../../kit/format/bytes.ts';
import { idleMicros, runLength, runMicros, timesWords } from '../../kit/format/run-words.ts';
import { formatDateTime, formatSinceStart, formatSpan } from '../../kit/format/time.ts';
import { Visible } from '../../view/Preview.tsx';
import { useLogViews } from '../../view/view-store.ts';

interface Props {
  readonly row: LogRow;
  readonly until: NonNullable<Run['until']>;
}

/** Records that one row stands for: how many, when, and for timeouts how long nothing came. */
export function RunDetail({ row, until }: Props) {
  const timeMode = useLogViews((state) => state.timeMode);
  if (!row.run) return null;
  const { first, last } = row.run;
  const isSilence = row.kind === 'timeout';
  const at = ({ wall, mono }: { wall: number; mono: number }) =>
    timeMode === 'start' ? formatSinceStart(mono) : formatDateTime(wall, timeMode === 'utc' ? 'utc' : 'local');
  const [from, to] = [formatInteger(first), formatInteger(last)];
  return (
    <>
      <div className="pane-bar">
        <span className={isSilence ? 'event-kind' : 'event-kind bad'}>
          {row.kind}
          {row.code && `: ${row.code}`} {timesWords(row.count)}
        </span>
        <span className="facts number">
          #{from} – #{to}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="event-detail" aria-label="Event details" tabIndex={0}>
        <dl className="run-facts number">
          {isSilence ? (
            <>
              <dt>No message for</dt>
              <dd>{formatSpan(idleMicros(row))}</dd>
              <dt>Timeouts</dt>
              <dd>{formatInteger(row.count)} in a row</dd>
            </>
          ) : (
            <>
              <dt>Occurred</dt>
              <dd>{formatInteger(row.count)} times</dd>
              <dt>Records</dt>
              <dd>{formatInteger(runLength(row.run))} in a row</dd>
            </>
          )}
          <dt>First</dt>
          <dd>
            #{from} · {at(row)}
          </dd>
          <dt>Last</dt>
          <dd>
            #{to} · {at(until)}
          </dd>
          <dt>Duration</dt>
          <dd>{formatSpan(runMicros(row))}</dd>
          {row.detail && (
            <>
              <dt>First record</dt>
              <dd className="foreign">
                <Visible text={row.detail} />
              </dd>
            </>
          )}
        </dl>
      </section>
    </>
  );
}
