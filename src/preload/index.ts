import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { createClient, type HostMessage, IPC } from '../shared/rpc.ts';

const { api } = createClient({
  post: (request) => ipcRenderer.send(IPC.request, request),
  onMessage: (listener) => {
    // The event would give the page its ipcRenderer.
    const withoutEvent = (_event: IpcRendererEvent, message: HostMessage) => listener(message);
    ipcRenderer.on(IPC.message, withoutEvent);
    return () => void ipcRenderer.off(IPC.message, withoutEvent);
  },
});

contextBridge.exposeInMainWorld('shmscope', api);
