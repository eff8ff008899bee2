import { Button, MessageBar, MessageBarActions, MessageBarBody, Spinner } from '@fluentui/react-components';
import { Glasses16Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { ChannelDetails, FoundSection } from '../../../shared/discovery.ts';
import { layoutDoubt, layoutWords } from '../../../shared/discovery-words.ts';
import { useApi } from '../../host/api-context.ts';
import { formatSize } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { connectTo, lookThroughLens, tapChannel, watchBytes } from './actions.ts';
import { closeDetails, useDetailed } from './details-store.ts';
import { EventTable, ProcessTable } from './HolderTables.tsx';
import { UnseenList } from './UnseenList.tsx';
import { useDetails } from './use-details.ts';
import { slotText } from './words.ts';
import './details.css';
import { Modal } from '../../kit/controls/Modal.tsx';

/** Everything that can be seen of a section from outside: its contents, its events, the processes that hold them. */
export function DetailsDialog() {
  const section = useDetailed((state) => state.section);
  return section && <Details key={section.id} section={section} />;
}

function Details({ section }: { section: FoundSection }) {
  const api = useApi();
  const answer = useDetails(section.id);
  const latest = answer?.ok ? answer.value.section : section;
  const isOpenable = latest.closed === null && answer?.ok !== false;
  return (
    <Modal
      title={<span className="foreign">{visibleText(latest.name)}</span>}
      className="channel-details"
      close={closeDetails}
      actions={
        <>
          <Button onClick={closeDetails}>Close</Button>
          <Button
            appearance={latest.reading ? 'secondary' : 'primary'}
            disabledFocusable={!isOpenable}
            onClick={() => void watchBytes(api, latest)}
          >
            Watch as bytes
          </Button>
          {latest.reading && (
            <>
              <Button disabledFocusable={!isOpenable} onClick={() => connectTo(latest)}>
                Connect as client…
              </Button>
              <Button appearance="primary" disabledFocusable={!isOpenable} onClick={() => void tapChannel(api, latest)}>
                Tap
              </Button>
            </>
          )}
        </>
      }
    >
      <Facts section={latest} />
      {!answer && <Spinner size="tiny" label="Looking for its events and processes…" className="details-wait" />}
      {answer && !answer.ok && <FailureMessage title="Couldn't read the section" failure={answer.failure} />}
      {answer?.ok && <Held details={answer.value} />}
    </Modal>
  );
}

function Facts({ section }: { section: FoundSection }) {
  const { reading, extent, note, closed } = section;
  const doubt = reading && layoutDoubt(reading);
  return (
    <>
      <dl className="details-facts">
        {reading ? (
          <>
            <Fact name="Layout">{layoutWords(reading)}</Fact>
            <Fact name="Buffers">2 × {formatSize(reading.capacity)}</Fact>
            <Fact name="S→C">{slotText(reading.slots.s2c)}</Fact>
            <Fact name="C→S">{slotText(reading.slots.c2s)}</Fact>
          </>
        ) : (
          <Fact name="Contents">{visibleText(note ?? 'unknown')}</Fact>
        )}
        <Fact name="Section">{extent === null ? 'size unknown' : formatSize(extent)}</Fact>
      </dl>
      {doubt && (
        <Warning
          action={
            closed === null && (
              <Button size="small" icon={<Glasses16Regular />} onClick={() => lookThroughLens(section)}>
                Open in the layout lens
              </Button>
            )
          }
        >
          {doubt}
        </Warning>
      )}
      {closed !== null && <Warning>{visibleText(closed)}</Warning>}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="number">{children}</dd>
    </div>
  );
}

function Warning({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>{children}</MessageBarBody>
      {action && <MessageBarActions>{action}</MessageBarActions>}
    </MessageBar>
  );
}

function Held({ details: { section, events, processes, sharedWith, unseen } }: { details: ChannelDetails }) {
  return (
    <>
      {sharedWith.length > 0 && (
        <Warning>
          The same events are used with <span className="foreign">{sharedWith.map(visibleText).join(', ')}</span>: a
          wake for one channel can be taken by a reader of another. Give each channel events of its own.
        </Warning>
      )}
      <h3>Processes</h3>
      <ProcessTable section={section} processes={processes} />
      <h3>Events</h3>
      <EventTable events={events} />
      {unseen.length > 0 && (
        <>
          <h3>What could not be seen</h3>
          <UnseenList unseen={unseen} />
        </>
      )}
    </>
  );
}
