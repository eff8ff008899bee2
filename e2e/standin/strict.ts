/** What JavaScript itself looks up on any object. */
const ASKED_BY_THE_LANGUAGE = new Set(['then', 'toJSON']);

/**
 * `target`, but reading a property that it doesn't have throws, whereas `undefined` would hide a gap in the stand-in.
 */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get: (object, key) => {
      const value: unknown = Reflect.get(object, key);
      // Bound, since private fields can't be reached through the proxy.
      if (key in object) return typeof value === 'function' ? value.bind(object) : value;
      if (typeof key === 'symbol' || ASKED_BY_THE_LANGUAGE.has(key)) return undefined;
      throw new Error(`The stand-in has no ${name}.${key}. If the app needs it, add it in e2e/standin.`);
    },
  });
}
