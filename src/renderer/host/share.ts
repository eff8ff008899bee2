/**
 * `after`, with every part that equals one of `before` kept as the same object, so that only changes are rendered
 * again.
 */
export function share<T>(before: unknown, after: T): T {
  if (Object.is(before, after) || !isObject(before) || !isObject(after)) return after;
  if (Array.isArray(before) !== Array.isArray(after)) return after;
  const keys = Object.keys(after);
  const shared: Record<string, unknown> = {};
  let same = keys.length === Object.keys(before).length;
  for (const key of keys) {
    shared[key] = share(before[key], after[key]);
    same &&= key in before && Object.is(shared[key], before[key]);
  }
  if (same) return before as T;
  return (Array.isArray(after) ? Object.values(shared) : shared) as T;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
