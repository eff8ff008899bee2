import type { EventState } from '../kernel.ts';
import { EVENT_TO_QUERY, openWithRights } from './access.ts';
import { CloseHandle } from './bindings.ts';
import { checkName } from './errors.ts';
import { queryEvent } from './event.ts';
import { grantedAccess } from './object-information.ts';

export function openEventState(name: string): EventState {
  checkName(EVENT_TO_QUERY.call, name);
  const handle = openWithRights(EVENT_TO_QUERY, name);
  let isOpen = true;
  const open = () => {
    if (!isOpen) throw new Error(`The event "${name}" is closed.`);
    return handle;
  };
  return {
    lease: { address: 0, extent: 0, handle },
    rights: grantedAccess(handle),
    reset: queryEvent(handle)?.reset ?? 'unknown',
    signalled: () => queryEvent(open())?.signalled ?? null,
    check: () => void open(),
    close: () => {
      if (isOpen) CloseHandle(handle);
      isOpen = false;
    },
  };
}
