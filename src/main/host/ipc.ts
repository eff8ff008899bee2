import type { IpcMain, IpcMainEvent, WebContents } from 'electron';
import type { Services, StateEvent } from '../../shared/api.ts';
import { type HostMessage, IPC } from '../../shared/rpc.ts';
import { answer, readRequest } from './dispatch.ts';

export interface WindowIpc {
  /** What this window's page sends, and no other's. */
  readonly ipc: Pick<IpcMain, 'on' | 'off'>;
  readonly contents: Pick<WebContents, 'send' | 'isDestroyed' | 'mainFrame'>;
  /** Of the page that may ask. */
  readonly origin: string;
  readonly services: Services;
  /** Returns an unsubscribe function. */
  readonly onState: (listener: (event: StateEvent) => void) => () => void;
}

/** Answers the requests of one window's page and sends it states. Returns an unsubscribe function. */
export function serveWindow({ ipc, contents, origin, services, onState }: WindowIpc): () => void {
  const post = (message: HostMessage) => {
    if (!contents.isDestroyed()) contents.send(IPC.message, message);
  };
  const onRequest = ({ senderFrame }: IpcMainEvent, message: unknown) => {
    const ours = senderFrame?.frameTreeNodeId === contents.mainFrame.frameTreeNodeId && senderFrame.origin === origin;
    const request = ours ? readRequest(message) : undefined;
    if (request) void answer(services, request, post);
  };
  ipc.on(IPC.request, onRequest);
  const undoState = onState((state) => post({ state }));
  return () => {
    ipc.off(IPC.request, onRequest);
    undoState();
  };
}
