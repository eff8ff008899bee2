import type { ReceiveMode } from '../../../shared/session.ts';
import { useApi } from '../../host/api-context.ts';
import { findEndpoint } from '../../host/host-store.ts';
import { orNotify } from '../../host/notices-store.ts';
import { type Command, inGroup } from '../../kit/commands/registry.ts';
import { lastTimeout, rememberTimeout } from './receive-store.ts';

/** Starting and stopping receiving. */
export function useReceiving(id: number) {
  const api = useApi();
  return {
    start: (mode: ReceiveMode) => {
      if (mode.timeoutMs !== null) rememberTimeout(mode.timeoutMs);
      void orNotify("Couldn't start receiving", api.receive(id, mode));
    },
    stop: () => void orNotify("Couldn't stop receiving", api.cancelReceive(id)),
  };
}

/** The same from the keyboard, with the timeout that was used last. */
export function receiveCommands(id: number, { start, stop }: ReturnType<typeof useReceiving>): readonly Command[] {
  const session = () => findEndpoint(id);
  const isIdle = () => session()?.state === 'open' && session()?.receiving === null;
  const once = (timeoutMs: number | null) => start({ mode: 'once', timeoutMs });
  return inGroup('Receiving', [
    {
      ...{ id: 'receive', title: 'Receive', keys: 'Alt+R', when: isIdle },
      run: () => start({ mode: 'continuous', timeoutMs: lastTimeout() }),
    },
    {
      ...{ id: 'stop-receiving', title: 'Stop receiving', keys: 'Alt+R', run: stop },
      when: () => session()?.state === 'open' && !isIdle(),
    },
    {
      ...{ id: 'once', title: 'Receive one message', keys: 'Alt+O', when: isIdle },
      run: () => once(lastTimeout()),
    },
    {
      ...{ id: 'once-unlimited', title: 'Receive one message, no timeout', keys: 'Alt+Shift+O' },
      when: isIdle,
      run: () => once(null),
    },
  ]);
}
