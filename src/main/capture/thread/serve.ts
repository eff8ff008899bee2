import type { MessagePort } from 'node:worker_threads';
import { type Result, toFailure } from '../../../shared/failure.ts';
import type { Call } from './calls.ts';

/**
 * Answers the calls of a WorkerLink with the methods of `calls`; an unknown one is an error. After `close` the port is
 * closed, so the thread ends by itself.
 */
export function serve(port: MessagePort, role: string, calls: object): void {
  port.on('message', async ({ id, name, argument }: Call) => {
    const result = await answer(role, calls, name, argument);
    // A slice of a payload has its own buffer and is transferred instead of copied again.
    const bytes = result.ok && result.value instanceof Uint8Array ? [result.value.buffer as ArrayBuffer] : [];
    port.postMessage({ id, result }, bytes);
    if (name === 'close') port.close();
  });
}

async function answer(role: string, calls: object, name: string, argument: unknown): Promise<Result<unknown>> {
  try {
    const call = methodOf(calls, name);
    if (!call) throw new TypeError(`The capture's ${role} thread has no call "${name}".`);
    return { ok: true, value: await call.call(calls, argument) };
  } catch (error) {
    return { ok: false, failure: toFailure(error) };
  }
}

/** Inherited properties aren't calls. */
function methodOf(calls: object, name: string): ((argument: unknown) => unknown) | undefined {
  const methods = Object.getPrototypeOf(calls);
  return name !== 'constructor' && Object.hasOwn(methods, name) ? methods[name] : undefined;
}
