import { useState } from 'react';
import type { LogRow } from '../../../shared/log.ts';
import { RECORD_KINDS } from '../../../shared/record-kind.ts';
import { formatInteger } from '../../kit/format/bytes.ts';
import { timesWords } from '../../kit/format/run-words.ts';
import { Visible } from '../../view/Preview.tsx';
import { useLogView } from '../../view/view-store.ts';
import { Lens } from '../lens/Lens.tsx';
import { LensToggle } from '../lens/LensToggle.tsx';
import { CompareDialog } from './CompareDialog.tsx';
import { Facts } from './Facts.tsx';
import { MessageDetail } from './MessageDetail.tsx';
import { RunDetail } from './RunDetail.tsx';
import './detail.css';

/** The selected record in full. */
export function DetailPane({ session }: { session: number }) {
  const { row } = useLogView(session);
  return (
    <section className="detail" data-pane="detail" aria-label="Selected record">
      {row === null && <p className="pane-empty">Select a record in the log to see its bytes.</p>}
      {row && hasBytes(row) && <MessageDetail key={row.seq} session={session} row={row} />}
      {row?.run?.until && <RunDetail row={row} until={row.run.until} />}
      {row && !hasBytes(row) && !row.run?.until && <EventDetail key={row.seq} session={session} row={row} />}
      <CompareDialog />
    </section>
  );
}

/** Its payload is what it is about. */
const hasBytes = ({ kind }: LogRow) => kind === 'message' || kind === 'snapshot';

function EventDetail({ session, row }: { session: number; row: LogRow }) {
  const wrong = RECORD_KINDS[row.kind].isWrong;
  const [shown, show] = useState(false);
  return (
    <>
      <div className="pane-bar">
        <span className={wrong ? 'event-kind bad' : 'event-kind'}>
          {row.kind}
          {row.code && `: ${row.code}`}
          {row.count > 1 && ` ${timesWords(row.count)}`}
        </span>
        <Facts row={row} />
        <LensToggle {...{ session, row, shown, show }} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="event-detail foreign" aria-label="Event details" tabIndex={0}>
        {shown ? <Lens target={{ of: 'session', id: session }} /> : <Visible text={row.detail ?? ''} />}
        {row.count > 1 && <p className="number">Occurred {formatInteger(row.count)} times.</p>}
      </section>
    </>
  );
}
