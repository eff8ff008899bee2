import { Input } from '@fluentui/react-components';
import { useState } from 'react';
import { useRaw } from '../../host/host-store.ts';
import { formatByteCount, formatInteger } from '../../kit/format/bytes.ts';
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
        <SnapshotControls session={session} />
      </div>
      <HeatStrip session={session} cursor={cursor} goTo={setCursor} />
      <LiveHex session={session} cursor={cursor} setCursor={setCursor} />
    </section>
  );
}

/** How much there is, how much of it changes, and with which rights it is looked at. */
function Facts({ session }: { session: number }) {
  const raw = useRaw(session, ({ extent, watched, uncommitted, changes, rights }) => ({
    ...{ extent, watched, uncommitted },
    rate: changes.reduce((sum, count) => sum + count, 0),
    rights: rights.join(', '),
  }));
  if (!raw || raw.extent === 0) return <span className="raw-facts" />;
  const { extent, watched, uncommitted, rate, rights } = raw;
  const part = watched < extent ? ` (the first ${formatByteCount(watched)} are watched)` : '';
  const more = uncommitted > 0 ? `, ${formatByteCount(uncommitted)} more are not committed` : '';
  return (
    <span className="raw-facts number" title={`Opened with ${rights} alone`}>
      {formatByteCount(extent)}
      {part}
      {more}
      <span className={rate > 0 ? 'raw-rate' : 'calm'}>
        {rate > 0 ? `${formatInteger(rate)} bytes/s change` : 'nothing changes'}
      </span>
    </span>
  );
}

function GoTo({ session, goTo }: { session: number; goTo: (offset: number) => void }) {
  const size = useRaw(session, ({ watched }) => watched) ?? 0;
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
