import {
  Button,
  Menu,
  MenuButton,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Tooltip,
} from '@fluentui/react-components';
import { useState } from 'react';
import { captureOf } from '../../../shared/session.ts';
import { useApi } from '../../host/api-context.ts';
import { useCan, useConnected, useEndpoint, useLive, useSession } from '../../host/host-store.ts';
import { notify, orNotify } from '../../host/notices-store.ts';
import { useRegistered } from '../../kit/commands/registry.ts';
import { confirm } from '../../kit/controls/confirm-store.ts';
import { AlarmsButton } from '../alarms/AlarmsButton.tsx';
import { closeCapture } from '../captures/actions.ts';
import { exportSession } from '../exports/export-store.ts';
import { ResponderButton } from '../responder/ResponderButton.tsx';
import { useWindowSettings } from '../settings/window-settings.ts';

/** Leaving a channel: tell the peer, release the handles, join the next server, take the session off the list. */
export function CloseControls({ id }: { id: number }) {
  const api = useApi();
  const state = useSession(id, (s) => s.state);
  const capture = useSession(id, captureOf);
  const isWaiting = useLive(id, (s) => s.waiting !== null) ?? false;
  const canSendClose = useCan(id, 'sendClose');
  const canReconnect = useCan(id, 'reconnect');
  const canReceive = useCan(id, 'receive');
  const isLeft = useEndpoint(id, (s) => s.state === 'open' && s.peerExited && s.moved === null) ?? false;
  const connected = useConnected();
  const [saying, setSaying] = useState(false);

  const sendClose = async () => {
    setSaying(true);
    const result = await api.sendClose(id);
    setSaying(false);
    if (!result.ok) return notify("Couldn't send exit", result.failure);
    if (!result.value.lastMessageRead)
      notify('Exit replaced an unread message', {
        code: 'slot-full',
        message: "The peer didn't read the last message within a second, so it will never see it.",
      });
  };
  const close = async () => {
    const question = {
      title: 'Close session?',
      text: `This releases its handles and stops ${canReceive ? 'receiving' : 'looking'}. The log stays in the capture.`,
      action: 'Close',
    };
    if (!isWaiting && useWindowSettings.getState().confirmClose && !(await confirm(question))) return false;
    return orNotify("Couldn't close the session", api.close(id));
  };
  const reconnect = () => orNotify("Couldn't reconnect the session", api.reconnect(id));
  const remove = () => orNotify("Couldn't remove the session", api.remove(id));
  const closeAndRemove = async () => (await close()) && (await remove());
  const isLive = state === 'open' || state === 'opening';
  const leave = () => (capture === undefined ? remove() : closeCapture(api, capture));
  const group = 'Sessions';
  useRegistered([
    {
      ...{ id: 'send-close', title: 'Send close', group, keys: 'Alt+X', run: sendClose },
      when: () => connected && canSendClose && state === 'open' && !saying,
    },
    {
      ...{ id: 'reconnect', title: 'Reconnect to the next server in the same log', group, run: reconnect },
      when: () => connected && canReconnect && state === 'open',
    },
    {
      id: 'close',
      title: 'Close and keep the log open',
      group,
      keys: 'Alt+Q',
      run: close,
      when: () => connected && isLive,
    },
    {
      ...{
        id: 'close-remove',
        title: 'Close and remove from list',
        group,
        keys: 'Alt+Shift+Q',
        run: closeAndRemove,
      },
      when: () => connected && isLive,
    },
    {
      ...{
        id: 'remove',
        title: 'Remove closed session',
        group,
        keys: 'Alt+Shift+Q',
        run: leave,
      },
      when: () => connected && !isLive,
    },
  ]);

  if (!connected) return null;
  if (!isLive)
    return (
      <div className="header-actions">
        <Button size="small" onClick={() => exportSession(id)}>
          Export…
        </Button>
        {capture === undefined ? (
          <Button size="small" onClick={leave}>
            Remove from list
          </Button>
        ) : (
          <Button size="small" onClick={leave}>
            Close capture
          </Button>
        )}
      </div>
    );
  return (
    <div className="header-actions">
      <ResponderButton session={id} />
      <AlarmsButton session={id} />
      <Button size="small" onClick={() => exportSession(id)}>
        Export…
      </Button>
      {isWaiting && (
        <Button size="small" appearance="primary" onClick={close}>
          Stop waiting
        </Button>
      )}
      {canReconnect && isLeft && (
        <Tooltip
          content="Closes the channel and waits for the next server; the log continues"
          relationship="description"
          positioning="below"
        >
          <Button size="small" appearance="primary" onClick={reconnect}>
            Reconnect
          </Button>
        </Tooltip>
      )}
      {canSendClose && (
        <Tooltip
          content="Waits up to a second for the peer to read the last message, then sends exit"
          relationship="description"
          positioning="below"
        >
          <Button size="small" disabledFocusable={state !== 'open' || saying} onClick={sendClose}>
            {saying ? 'Sending close…' : 'Send close'}
          </Button>
        </Tooltip>
      )}
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <MenuButton size="small">Close</MenuButton>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {canReconnect && !isWaiting && <MenuItem onClick={reconnect}>Reconnect</MenuItem>}
            <MenuItem secondaryContent="Alt+Q" onClick={close}>
              Close and keep the log open
            </MenuItem>
            <MenuItem secondaryContent="Alt+Shift+Q" onClick={closeAndRemove}>
              Close and remove from list
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
    </div>
  );
}
