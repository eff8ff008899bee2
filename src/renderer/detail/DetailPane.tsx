import { Tab, TabList } from '@fluentui/react-components';
import { useId, useState } from 'react';
import type { LogRow } from '../../shared/log.ts';
import { formatByteCount, formatInteger } from '../format/bytes.ts';
import { formatDateTime, formatSinceStart } from '../format/time.ts';
import { Visible } from '../log/Preview.tsx';
import { useLogView, useLogViews } from '../log/view-store.ts';
import { FailureMessage } from '../shell/FailureMessage.tsx';
import { CopyMenu } from './CopyMenu.tsx';
import { HexView } from './HexView.tsx';
import type { PayloadSource } from './payload-source.ts';
import { TextView } from './TextView.tsx';
import { usePayload } from './use-payload.ts';
import './detail.css';

/** The selected record, whole. */
export function DetailPane({ session }: { session: number }) {
  const { row } = useLogView(session);
  return (
    <section className="detail" aria-label="Selected record">
      {row === null && <p className="pane-empty">Select a record in the log to see its bytes.</p>}
      {row?.kind === 'message' && <MessageDetail key={row.seq} session={session} row={row} />}
      {row && row.kind !== 'message' && <EventDetail row={row} />}
    </section>
  );
}

type Form = 'text' | 'hex';

function MessageDetail({ session, row }: { session: number; row: LogRow }) {
  const source = usePayload(session, row.seq, row.size);
  const form = useDetailForm();
  const panel = useId();
  return (
    <>
      <div className="pane-bar">
        <TabList size="small" selectedValue={form.value} onTabSelect={(_, { value }) => form.set(value as Form)}>
          <Tab value="text" aria-controls={panel}>
            Text
          </Tab>
          <Tab value="hex" aria-controls={panel}>
            Hex
          </Tab>
        </TabList>
        <Facts row={row} />
        <CopyMenu session={session} row={row} />
      </div>
      <div className="detail-body" id={panel} role="tabpanel" aria-label={form.value === 'text' ? 'Text' : 'Hex'}>
        <Body source={source} form={form.value} />
      </div>
    </>
  );
}

function Body({ source, form }: { source: PayloadSource; form: Form }) {
  if (source.failure) return <FailureMessage title="The payload could not be read" failure={source.failure} />;
  return form === 'text' || source.size === 0 ? <TextView source={source} /> : <HexView source={source} />;
}

function EventDetail({ row }: { row: LogRow }) {
  const wrong = row.kind === 'anomaly' || row.kind === 'error';
  return (
    <>
      <div className="pane-bar">
        <span className={wrong ? 'event-kind bad' : 'event-kind'}>
          {row.kind}
          {row.code && `: ${row.code}`}
        </span>
        <Facts row={row} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="event-detail foreign" aria-label="What happened" tabIndex={0}>
        <Visible text={row.detail ?? ''} />
      </section>
    </>
  );
}

function Facts({ row }: { row: LogRow }) {
  const timeMode = useLogViews((state) => state.timeMode);
  const time = timeMode === 'start' ? formatSinceStart(row.mono) : formatDateTime(row.wall, timeMode);
  const parts = [`#${formatInteger(row.seq)}`];
  if (row.kind === 'message') parts.push(formatByteCount(row.size), row.direction === 'in' ? 'received' : 'sent');
  return (
    <span className="facts number" title={`${parts.join(' · ')} ${time}`}>
      {parts.join(' · ')} {time}
    </span>
  );
}

/** The form that was looked at last stays, from record to record. */
let lastForm: Form = 'text';
function useDetailForm() {
  const [value, setValue] = useState(lastForm);
  return {
    value,
    set: (form: Form) => {
      lastForm = form;
      setValue(form);
    },
  };
}
