import {
  Button,
  Input,
  Menu,
  MenuButton,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import { Play16Filled, Stop16Filled } from '@fluentui/react-icons';
import { useId, useState } from 'react';
import * as v from 'valibot';
import { timeoutSchema } from '../../../shared/domain.ts';
import type { ReceiveMode } from '../../../shared/session.ts';
import { useConnected, useEndpoint } from '../../host/host-store.ts';
import { useRegistered } from '../../kit/commands/registry.ts';
import { parseNumber } from '../../kit/format/number.ts';
import { formatMs } from '../../kit/format/time.ts';
import { receiveCommands, useReceiving } from './receive-commands.ts';
import { lastTimeout } from './receive-store.ts';
import './receive.css';

export function ReceiveControls({ id }: { id: number }) {
  const session = useEndpoint(id, ({ state, receiving }) => ({ state, receiving }));
  const connected = useConnected();
  useRegistered(receiveCommands(id, useReceiving(id)));
  if (session?.state !== 'open' || !connected) return null;
  return session.receiving ? <Receiving id={id} mode={session.receiving} /> : <Idle id={id} />;
}

const words = (mode: ReceiveMode): string => {
  if (mode.mode === 'continuous') return `Receiving, ${formatMs(mode.timeoutMs)} per wait`;
  return mode.timeoutMs === null
    ? 'Waiting for one message, no timeout'
    : `Waiting for one message, up to ${formatMs(mode.timeoutMs)}`;
};

function Receiving({ id, mode }: { id: number; mode: ReceiveMode }) {
  const { stop } = useReceiving(id);
  return (
    <div className="receive">
      <span className="receive-words">
        <span className="pulse" aria-hidden="true" />
        {words(mode)}
      </span>
      <Button size="small" icon={<Stop16Filled />} title="Alt+R" onClick={stop}>
        {mode.mode === 'continuous' ? 'Stop receiving' : 'Cancel'}
      </Button>
    </div>
  );
}

/** Says what happens to messages while none is received. */
export function NotReceiving({ id }: { id: number }) {
  const idle = useEndpoint(id, ({ state, receiving }) => state === 'open' && !receiving);
  const connected = useConnected();
  if (!idle || !connected) return null;
  return <p className="receive-words">Not receiving. Messages from the peer stay in its slot.</p>;
}

function Idle({ id }: { id: number }) {
  const { start } = useReceiving(id);
  const field = useId();
  const [text, setText] = useState(() => String(lastTimeout()));
  const parsed = v.safeParse(timeoutSchema, parseNumber(text));
  const problem = parsed.success ? undefined : parsed.issues[0].message;

  return (
    <div className="receive">
      <Button
        size="small"
        icon={<Play16Filled />}
        title="Alt+R"
        disabledFocusable={!parsed.success}
        onClick={() => parsed.success && start({ mode: 'continuous', timeoutMs: parsed.output })}
      >
        Receive
      </Button>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <MenuButton size="small">Once</MenuButton>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem
              disabled={!parsed.success}
              onClick={() => parsed.success && start({ mode: 'once', timeoutMs: parsed.output })}
            >
              {parsed.success ? `One message, up to ${formatMs(parsed.output)}` : 'One message, with a timeout'}
            </MenuItem>
            <MenuItem onClick={() => start({ mode: 'once', timeoutMs: null })}>One message, no timeout</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      <label className="receive-timeout" htmlFor={field}>
        timeout
        <Input
          id={field}
          size="small"
          className="number"
          inputMode="numeric"
          value={text}
          aria-invalid={!parsed.success}
          contentAfter="ms"
          onChange={(_, data) => setText(data.value)}
        />
      </label>
      {problem && (
        <span className="bad" role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}
