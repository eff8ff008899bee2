import type { EventState } from '../kernel.ts';
import { isReadable } from './event.ts';
import { lookAtObject } from './object-file.ts';
import { eventRights } from './rights.ts';

/** A FIFO that is only looked at: nothing is read from it, so a byte in it stays for whoever waits for the event. */
export function openEventState(name: string): EventState {
  const file = lookAtObject(name, 'event');
  let isOpen = true;
  const open = () => {
    if (!isOpen) throw new Error(`The event "${name}" is closed.`);
    return file;
  };
  return {
    // Node closes the files of a thread that ends.
    lease: { address: 0, extent: 0, handle: 0 },
    rights: eventRights(file.fd),
    reset: 'auto',
    signalled: () => isReadable(open().fd, name),
    check: () => open().check(),
    close: () => {
      if (isOpen) file.close();
      isOpen = false;
    },
  };
}
