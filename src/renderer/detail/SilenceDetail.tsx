import type { LogRow, Silence } from '../../shared/log.ts';
import { formatInteger } from '../format/bytes.ts';
import { formatDateTime, formatSinceStart, formatSpan } from '../format/time.ts';
import { Visible } from '../log/Preview.tsx';
import { silentMicros, timeoutsIn, timesWords } from '../log/silence-words.ts';
import { useLogViews } from '../log/view-store.ts';

interface Props {
  readonly row: LogRow;
  readonly until: NonNullable<Silence['until']>;
}

/** Timeouts that one row stands for: how many, when, and how long nothing came. */
export function SilenceDetail({ row, until }: Props) {
  const timeMode = useLogViews((state) => state.timeMode);
  if (!row.silence) return null;
  const { first, last } = row.silence;
  const count = timeoutsIn(row.silence);
  const at = ({ wall, mono }: { wall: number; mono: number }) =>
    timeMode === 'start' ? formatSinceStart(mono) : formatDateTime(wall, timeMode === 'utc' ? 'utc' : 'local');
  const [from, to] = [formatInteger(first), formatInteger(last)];
  return (
    <>
      <div className="pane-bar">
        <span className="event-kind">timeout {timesWords(count)}</span>
        <span className="facts number">
          #{from} – #{to}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="event-detail" aria-label="What happened" tabIndex={0}>
        <dl className="silence number">
          <dt>No message for</dt>
          <dd>{formatSpan(silentMicros(row))}</dd>
          <dt>Timeouts</dt>
          <dd>{formatInteger(count)}, one after another</dd>
          <dt>First</dt>
          <dd>
            #{from} · {at(row)}
          </dd>
          <dt>Last</dt>
          <dd>
            #{to} · {at(until)}
          </dd>
          <dt>Between them</dt>
          <dd>{formatSpan(until.mono - row.mono)}</dd>
          {row.detail && (
            <>
              <dt>The first says</dt>
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
