import { Button, Input } from '@fluentui/react-components';
import { Copy16Regular, Dismiss16Regular } from '@fluentui/react-icons';
import { type FormEvent, useState } from 'react';
import { useApi } from '../../host/api-context.ts';
import { notify, orNotify } from '../../host/notices-store.ts';
import { IconButton } from '../../kit/controls/IconButton.tsx';
import { formatInteger, plural } from '../../kit/format/bytes.ts';
import { copyText } from '../../kit/format/clipboard.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { closeSubject } from '../../view/lab-store.ts';
import { tapNames } from '../discovery/actions.ts';
import { channelOf, openOtherEnd, otherRole } from './actions.ts';
import { OutputList } from './OutputList.tsx';
import { PeerState } from './PeerRow.tsx';
import { type Output, useOutput } from './use-output.ts';
import { usePeerFacts, usePeerName } from './use-peer.ts';

/** What a program prints, and an input for it. */
export function PeerPane({ id }: { id: number }) {
  const peer = usePeerFacts(id);
  const name = usePeerName(id);
  const [search, setSearch] = useState('');
  const output = useOutput(id, search);
  if (!peer) return <p className="pane-empty">This peer is no longer in the list.</p>;
  const { state } = peer;
  return (
    <section className="lab-pane" aria-label={`Output of ${name}`}>
      <header className="lab-pane-head">
        <div className="lab-pane-about">
          <h2 className="foreign">{name}</h2>
          <PeerState peer={peer} />
          <Ways id={id} />
        </div>
        <span className="lab-pane-actions">
          <Input
            size="small"
            type="search"
            className="output-search"
            aria-label="Show lines with"
            placeholder="Show lines with…"
            value={search}
            onChange={(_, { value }) => setSearch(value)}
          />
          <IconButton
            icon={<Copy16Regular />}
            label="Copy these lines"
            disabledFocusable={output.lines.length === 0}
            onClick={() => void copyLines(output)}
          />
          <IconButton icon={<Dismiss16Regular />} label="Close" onClick={closeSubject} />
        </span>
      </header>
      {output.failure && <FailureMessage title="Couldn't read its output" failure={output.failure} />}
      <OutputNote output={output} search={search} id={id} />
      {output.lines.length > 0 && <OutputList key={search} label={`Lines of ${name}`} lines={output.lines} />}
      {state !== 'ended' && <TellLine id={id} disabled={state === 'stopping'} />}
    </section>
  );
}

async function copyLines({ lines }: Output): Promise<void> {
  const copied = await copyText(`${lines.map(({ text }) => text).join('\n')}\n`);
  if (!copied.ok) notify("Couldn't copy the lines", copied.failure);
}

/** To see its channel from here. */
function Ways({ id }: { id: number }) {
  const api = useApi();
  const start = usePeerFacts(id)?.start;
  const channel = start && channelOf(start);
  if (!channel) return <span className="lab-ways" />;
  return (
    <span className="lab-ways">
      <Button size="small" onClick={() => void tapNames(api, channel)}>
        Tap its channel
      </Button>
      <Button size="small" onClick={() => openOtherEnd(start, channel)}>
        Open a {otherRole(start)}…
      </Button>
    </span>
  );
}

/** What is missing from the list below, and why. */
function OutputNote({ output, search, id }: { output: Output; search: string; id: number }) {
  const state = usePeerFacts(id)?.state;
  const { lines, dropped } = output;
  if (lines.length === 0)
    return (
      <p className="output-note output-none">
        {search !== '' ? 'No line matches.' : state === 'ended' ? 'It wrote nothing.' : 'It has written nothing yet.'}
      </p>
    );
  if (search === '' && dropped === 0) return null;
  return (
    <p className="output-note number">
      {search !== '' && `${plural(lines.length, 'line')} of those kept. `}
      {dropped > 0 && `The first ${formatInteger(dropped)} are no longer kept.`}
    </p>
  );
}

/** A line for its standard input, which some misbehaviours wait for. */
function TellLine({ id, disabled }: { id: number; disabled: boolean }) {
  const api = useApi();
  const [line, setLine] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await orNotify("Couldn't send the line", api.tellPeer(id, line))) setLine('');
  };
  return (
    <form className="output-tell" onSubmit={(event) => void submit(event)}>
      <Input
        size="small"
        className="mono"
        aria-label="Line for its standard input"
        placeholder="A line for its standard input"
        value={line}
        spellCheck={false}
        autoComplete="off"
        onChange={(_, { value }) => setLine(value)}
      />
      <Button size="small" type="submit" disabledFocusable={disabled}>
        Send line
      </Button>
    </form>
  );
}
