/** The page's own document, the only thing that the worlds share. */
declare const document: EventTarget;

type AnyFunction = (...args: unknown[]) => unknown;

/** A value on its way between two worlds: functions and promises by number, the rest as clones. */
type Packed =
  | { readonly value: unknown }
  | { readonly fn: number }
  | { readonly promise: number }
  | { readonly array: Packed[] }
  | { readonly object: [string, Packed][] };

type Crossing =
  | { readonly kind: 'ready' }
  | { readonly kind: 'expose'; readonly key: string; readonly api: Packed }
  | { readonly kind: 'call'; readonly fn: number; readonly args: Packed[] }
  | { readonly kind: 'return'; readonly value?: Packed; readonly error?: string }
  | { readonly kind: 'settle'; readonly promise: number; readonly value?: Packed; readonly error?: string };

interface World {
  /** Tells the other world that this one is listening. */
  readonly ready: () => void;
  readonly expose: (key: string, api: unknown) => void;
}

/** How a world joins the other one: the names of the events out and in, and how it handles the other's messages. */
export type JoinWorld = (
  outbox: string,
  inbox: string,
  on: { readonly ready?: () => void; readonly exposed?: (key: string, api: unknown) => void },
) => World;

/**
 * What Electron's contextBridge does between the preload's world and the page's, in Chromium: functions are called
 * synchronously in their own world, promises are mirrored, every other value is cloned, which Chromium does with an
 * event's `detail` that another world reads. Its source runs in the page, so it uses nothing from outside.
 */
export const joinWorld: JoinWorld = (outbox, inbox, on) => {
  const functions: AnyFunction[] = [];
  const promises = new Map<number, PromiseWithResolvers<unknown>>();
  let lastPromise = 0;
  let returned: { readonly value?: Packed; readonly error?: string } | undefined;

  const post = (message: Crossing) => document.dispatchEvent(new CustomEvent(outbox, { detail: message }));

  const packPromise = (given: Promise<unknown>): Packed => {
    const promise = ++lastPromise;
    given.then(
      (value) => post({ kind: 'settle', promise, value: pack(value) }),
      (error) => post({ kind: 'settle', promise, error: String(error) }),
    );
    return { promise };
  };

  const pack = (value: unknown): Packed => {
    if (typeof value === 'function') return { fn: functions.push(value as AnyFunction) - 1 };
    if (value instanceof Promise) return packPromise(value);
    if (Array.isArray(value)) return { array: value.map(pack) };
    if (Object.prototype.toString.call(value) !== '[object Object]') return { value: structuredClone(value) };
    return { object: Object.entries(value as object).map(([key, item]) => [key, pack(item)]) };
  };

  const unpack = (packed: Packed): unknown => {
    if ('value' in packed) return packed.value;
    if ('fn' in packed) return (...args: unknown[]) => call(packed.fn, args);
    if ('array' in packed) return packed.array.map(unpack);
    if ('object' in packed) return Object.fromEntries(packed.object.map(([key, item]) => [key, unpack(item)]));
    const mirror = Promise.withResolvers<unknown>();
    promises.set(packed.promise, mirror);
    return mirror.promise;
  };

  const call = (fn: number, args: unknown[]): unknown => {
    returned = undefined;
    post({ kind: 'call', fn, args: args.map(pack) });
    const answer = returned as { readonly value?: Packed; readonly error?: string } | undefined;
    if (!answer?.value) throw new Error(answer?.error ?? 'The other world is gone.');
    return unpack(answer.value);
  };

  const answerCall = (fn: number, args: Packed[]) => {
    try {
      post({ kind: 'return', value: pack(functions[fn]?.(...args.map(unpack))) });
    } catch (error) {
      post({ kind: 'return', error: String(error) });
    }
  };

  const settle = (promise: number, value: Packed | undefined, error: string | undefined) => {
    if (value) promises.get(promise)?.resolve(unpack(value));
    else promises.get(promise)?.reject(new Error(error));
    promises.delete(promise);
  };

  document.addEventListener(inbox, (event) => {
    const message = (event as CustomEvent<Crossing>).detail;
    if (message.kind === 'call') answerCall(message.fn, message.args);
    else if (message.kind === 'return') returned = message;
    else if (message.kind === 'settle') settle(message.promise, message.value, message.error);
    else if (message.kind === 'expose') on.exposed?.(message.key, unpack(message.api));
    else on.ready?.();
  });

  return {
    ready: () => void post({ kind: 'ready' }),
    expose: (key, api) => void post({ kind: 'expose', key, api: pack(api) }),
  };
};
