import type { WebSocket } from 'ws';
import { methods, type Services, type StateEvent } from '../../shared/api.ts';
import { decodeFrame, encodeFrame } from '../../shared/frame.ts';
import { MAX_FRAME } from '../../shared/frame-size.ts';
import type { HostMessage, Request } from '../../shared/rpc.ts';
import { answer, isMethod, readRequest } from '../host/dispatch.ts';
import { isOverloaded } from './frame-weight.ts';

/** With more than this waiting to be written, states are held back and only the latest is kept. */
const STATE_BACKLOG = 256 * 1024;

/** Close codes of RFC 6455. */
const UNSUPPORTED = 1003;
const NOT_DECODABLE = 1007;
const NOT_A_REQUEST = 1008;
const TOO_BIG = 1009;

/** Answers the requests of one page, and sends it states. Returns the listener for states. */
export function serveConnection(services: Services, socket: WebSocket): (event: StateEvent) => void {
  let latest: StateEvent | undefined;

  const post = (message: HostMessage) => socket.send(encodeFrame(message), tellState);
  const tellState = () => {
    if (!latest || socket.readyState !== socket.OPEN || socket.bufferedAmount > STATE_BACKLOG) return;
    const state = latest;
    latest = undefined;
    post({ state });
  };

  socket.binaryType = 'arraybuffer';
  // ws closes the connection itself, with the right code; a listener is required.
  socket.on('error', () => {});
  socket.on('message', (data, isBinary) => {
    if (!isBinary) return socket.close(UNSUPPORTED, 'Frames must be binary.');
    const request = readFrame(socket, data as ArrayBuffer);
    if (request) void answer(services, request, post);
  });
  return (event) => {
    latest = event;
    tellState();
  };
}

function readFrame(socket: WebSocket, data: ArrayBuffer): Request | undefined {
  if (isOverloaded(data)) {
    socket.close(TOO_BIG, 'No call has that many values or that much text.');
    return undefined;
  }
  const message = decoded(data);
  const request = message && readRequest(message.value);
  if (request && data.byteLength <= maxFrameOf(request.method)) return request;
  if (!message) socket.close(NOT_DECODABLE, 'A frame is one MessagePack value.');
  else if (!request) socket.close(NOT_A_REQUEST, 'A frame is {id, method, args}.');
  else socket.close(TOO_BIG, "This call doesn't accept that many bytes.");
  return undefined;
}

const maxFrameOf = (name: string): number => (isMethod(name) ? methods[name].maxFrame : undefined) ?? MAX_FRAME;

function decoded(data: ArrayBuffer): { readonly value: unknown } | undefined {
  try {
    return { value: decodeFrame(data) };
  } catch {
    return undefined;
  }
}
