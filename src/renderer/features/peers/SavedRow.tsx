import { Button, MenuItem } from '@fluentui/react-components';
import { useApi } from '../../host/api-context.ts';
import { MoreMenu } from '../../kit/controls/MoreMenu.tsx';
import { visibleText } from '../../kit/format/visible.ts';
import { shortName } from '../../view/session-text.ts';
import { startPeer } from './actions.ts';
import { duplicatePeer, editPeer } from './dialog-store.ts';
import { doesWords, kindWords } from './peer-words.ts';
import { forgetPeer, type SavedPeer } from './saved-peers.ts';

interface Props {
  readonly peer: SavedPeer;
  /** It was removed; `undo` restores it. */
  readonly removed: (undo: () => void) => void;
}

/** How a program is started, saved under a name. */
export function SavedRow({ peer, removed }: Props) {
  const api = useApi();
  const { start } = peer;
  const name = visibleText(peer.name);
  const { section } = start;
  return (
    <tr data-saved>
      <th scope="row" className="lab-name foreign">
        {name}
      </th>
      <td className="lab-short">{kindWords(start, start.kind === 'bundled' ? start.bits : null)}</td>
      <td className="lab-channel foreign" title={section && visibleText(section)}>
        {section ? shortName(section) : <span className="calm">–</span>}
      </td>
      <td className="calm foreign lab-cut" colSpan={3} title={doesWords(start)}>
        saved · {doesWords(start)}
      </td>
      <td className="lab-actions">
        <Button size="small" aria-label={`Start ${name}`} onClick={() => void startPeer(api, start, peer.name)}>
          Start
        </Button>
        <MoreMenu of={name}>
          <MenuItem onClick={() => editPeer(peer)}>Change…</MenuItem>
          <MenuItem onClick={() => duplicatePeer(peer)}>Duplicate…</MenuItem>
          <MenuItem onClick={() => removed(forgetPeer(peer.name))}>Remove</MenuItem>
        </MoreMenu>
      </td>
    </tr>
  );
}
