import { Button, Input } from '@fluentui/react-components';
import { useState } from 'react';
import { useApi } from '../../host/api-context.ts';
import { useConnected, useRaw } from '../../host/host-store.ts';
import { orNotify } from '../../host/notices-store.ts';
import { formatByteCount, formatInteger, formatSize } from '../../kit/format/bytes.ts';
import { readOffset } from '../detail/byte-selection.ts';
import '../detail/detail.css';
import { HeatStrip } from './HeatStrip.tsx';
import { LiveHex } from './LiveHex.tsx';
import { SnapshotControls } from './SnapshotControls.tsx';
import './raw.css';

/** A section as bytes: where it changes, what it holds now, and snapshots of it. */
export function RawPane({ session }: { session: number }) {
  const [cursor, setCursor] = useState(0);
  return (
    <section className="raw-pane" data-pane="raw" aria-label="Bytes of the section">
      <div className="pane-bar raw-bar">
        <Facts session={session} />
        <GoTo session={session} goTo={setCursor} />
        <WatchHere session={session} cursor={cursor} />
        <SnapshotControls session={session} />
      </div>
      <HeatStrip session={session} cursor={cursor} goTo={setCursor} />
      <LiveHex session={session} cursor={cursor} setCursor={setCursor} />
    </section>
  );
}

/** How large it is, how much of it changes, and with which rights it is watched. */
function Facts({ session }: { session: number }) {
  const raw = useRaw(session, ({ extent, watched, watchedFrom, uncommitted, changes, rights }) => ({
    ...{ extent, watched, watchedFrom, uncommitted },
    rate: changes.reduce((sum, count) => sum + count, 0),
    rights: rights.join(', '),
  }));
  if (!raw || raw.extent === 0) return <span className="raw-facts" />;
  const { extent, watched, watchedFrom, uncommitted, rate, rights } = raw;
  const part = watched < extent ? ` (watched: ${formatSize(watched)} from 0x${watchedFrom.toString(16)})` : '';
  const more = uncommitted > 0 ? `, ${formatByteCount(uncommitted)} more are not committed` : '';
  return (
    <span className="raw-facts number" title={`Opened with ${rights} only`}>
      {formatByteCount(extent)}
      {part}
      {more}
      <span className={rate > 0 ? 'raw-rate' : 'calm'}>
        {rate > 0 ? `${formatInteger(rate)} bytes/s change` : 'nothing changes'}
      </span>
    </span>
  );
}

/** Moves the watched part to the cursor, in a section that is too large to be watched at once. */
function WatchHere({ session, cursor }: { session: number; cursor: number }) {
  const api = useApi();
  const connected = useConnected();
  const raw = useRaw(session, ({ state, extent, watched, watchedFrom }) => ({
    isOpen: state === 'open',
    isPart: watched < extent,
    isSeen: cursor >= watchedFrom && cursor < watchedFrom + watched,
  }));
  if (!raw?.isPart) return null;
  return (
    <Button
      size="small"
      title={
        raw.isSeen
          ? 'The cursor is in the part that is watched for changes'
          : 'Watch the part that begins at the cursor for changes'
      }
      disabledFocusable={!connected || !raw.isOpen || raw.isSeen}
      onClick={() => void orNotify("Couldn't watch this part", api.watchFrom(session, cursor))}
    >
      Watch here
    </Button>
  );
}

function GoTo({ session, goTo }: { session: number; goTo: (offset: number) => void }) {
  const size = useRaw(session, ({ extent }) => extent) ?? 0;
  const [text, setText] = useState('');
  const offset = readOffset(text, size);
  const isWrong = text.trim() !== '' && offset === undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (offset !== undefined) goTo(offset);
      }}
    >
      <Input
        size="small"
        className="number raw-go"
        aria-label="Go to offset"
        placeholder="Go to 0x…"
        title={
          isWrong
            ? `An offset below ${formatInteger(size)}: 0x1f, 1fh or decimal`
            : 'Go to an offset: 0x1f, 1fh or decimal'
        }
        aria-invalid={isWrong}
        value={text}
        onChange={(_, { value }) => setText(value)}
      />
    </form>
  );
}
