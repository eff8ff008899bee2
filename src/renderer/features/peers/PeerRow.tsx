import { MenuItem } from '@fluentui/react-components';
import { ArrowClockwise16Regular, Pause16Regular, Play16Regular, Stop16Regular } from '@fluentui/react-icons';
import { memo } from 'react';
import { useApi } from '../../host/api-context.ts';
import { useHost } from '../../host/host-store.ts';
import { IconButton } from '../../kit/controls/IconButton.tsx';
import { MoreMenu } from '../../kit/controls/MoreMenu.tsx';
import { visibleText } from '../../kit/format/visible.ts';
import { showInLab, useLab } from '../../view/lab-store.ts';
import { shortName } from '../../view/session-text.ts';
import { tapNames } from '../discovery/actions.ts';
import { changePeer, channelOf, openOtherEnd, otherRole, removePeer, startPeer } from './actions.ts';
import { peerLike } from './dialog-store.ts';
import { endedBadly, endWords, kindWords, type PeerFacts, stateWords } from './peer-words.ts';
import { RunTime } from './RunTime.tsx';
import { usePeerFacts, usePeerName } from './use-peer.ts';

/** A started program: what it is, its state, and what can be done with it. */
export const PeerRow = memo(function PeerRow({ id }: { id: number }) {
  const peer = usePeerFacts(id);
  const selected = useLab(({ subject }) => subject?.of === 'peer' && subject.id === id);
  const name = usePeerName(id);
  if (!peer) return null;
  const { start, pid, bits, startedAt, endedAt } = peer;
  const section = channelOf(start)?.section;
  return (
    <tr aria-selected={selected}>
      <th scope="row" className="lab-name">
        <button
          type="button"
          className="link foreign"
          aria-expanded={selected}
          title={`${name}: show its output`}
          onClick={() => showInLab({ of: 'peer', id })}
        >
          {name}
        </button>
      </th>
      <td className="lab-short">{kindWords(start, bits)}</td>
      <td className="lab-channel foreign" title={section && visibleText(section)}>
        {section ? shortName(section) : <span className="calm">–</span>}
      </td>
      <td>
        <PeerState peer={peer} />
      </td>
      <td className="numeric">{pid}</td>
      <td className="numeric">
        <RunTime startedAt={startedAt} endedAt={endedAt} />
      </td>
      <td className="lab-actions">
        <PeerActions peer={peer} name={name} />
      </td>
    </tr>
  );
});

/** "ended" with its exit code and what that means. */
export function PeerState({ peer }: { peer: PeerFacts }) {
  const system = useHost(({ info }) => info?.kernel ?? 'posix');
  return (
    <span className="peer-state" data-state={endedBadly(peer) ? 'bad' : peer.state}>
      <span className="peer-dot" aria-hidden="true" />
      <span>
        {stateWords(peer)}
        {peer.exit && <span className="peer-exit">: {endWords(peer, system)}</span>}
      </span>
    </span>
  );
}

interface ActionProps {
  readonly peer: PeerFacts;
  readonly name: string;
}

function PeerActions({ peer, name }: ActionProps) {
  const api = useApi();
  const { id, state, start } = peer;
  const suspended = state === 'suspended';
  return (
    <>
      {state === 'ended' ? (
        <IconButton
          icon={<ArrowClockwise16Regular />}
          label={`Start ${name} again`}
          hint="Start it again"
          onClick={() => void startPeer(api, start, name)}
        />
      ) : (
        <>
          <IconButton
            icon={suspended ? <Play16Regular /> : <Pause16Regular />}
            label={`${suspended ? 'Resume' : 'Suspend'} ${name}`}
            hint={suspended ? 'Resume' : 'Suspend all its threads'}
            disabledFocusable={state === 'stopping'}
            onClick={() => void changePeer(api, suspended ? 'resumePeer' : 'suspendPeer', peer)}
          />
          <IconButton
            icon={<Stop16Regular />}
            label={`Stop ${name}`}
            hint="Stop: asked to exit, killed after 3 s"
            disabledFocusable={state === 'stopping'}
            onClick={() => void changePeer(api, 'stopPeer', { id, name })}
          />
        </>
      )}
      <PeerMenu peer={peer} name={name} />
    </>
  );
}

function PeerMenu({ peer, name }: ActionProps) {
  const api = useApi();
  const { id, state, start } = peer;
  const channel = channelOf(start);
  const over = state === 'ended';
  return (
    <MoreMenu of={name}>
      <MenuItem disabled={!channel} onClick={() => channel && void tapNames(api, channel)}>
        Tap its channel
      </MenuItem>
      <MenuItem disabled={!channel} onClick={() => channel && openOtherEnd(start, channel)}>
        Open a {otherRole(start)} on its channel…
      </MenuItem>
      <MenuItem onClick={() => peerLike(start)}>Start one like it…</MenuItem>
      {over ? (
        <MenuItem onClick={() => void removePeer(api, { id, name })}>Remove from list</MenuItem>
      ) : (
        <MenuItem onClick={() => void changePeer(api, 'killPeer', { id, name })}>Kill</MenuItem>
      )}
    </MoreMenu>
  );
}
