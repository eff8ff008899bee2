/**
 * The local clock of the system that this runs on. A window uses it alone to show and read local times: a host may be
 * in another zone, so it never asks. Times are µs since 1970; a "local" one counts as if the local clock were UTC.
 */

const DAY = 86_400_000_000;

/** µs that the local clock is ahead of UTC at `wall`. */
export function offsetAt(wall: number): number {
  const ms = Math.floor(wall / 1000);
  const date = new Date(ms);
  const day = Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  const clock = ((date.getHours() * 60 + date.getMinutes()) * 60 + date.getSeconds()) * 1000 + date.getMilliseconds();
  return (day + clock - ms) * 1000;
}

/** What the local clock shows at `wall`. */
export const localAt = (wall: number): number => wall + offsetAt(wall);

/**
 * When the local clock shows `local`, in order: once; never, where it was put forward past that; twice, where it was
 * put back to before it.
 */
export function instantsOf(local: number): number[] {
  return offsetsAround(local)
    .map((offset) => local - offset)
    .filter((wall) => localAt(wall) === local)
    .sort((a, b) => a - b);
}

/** For a `local` that never was: as much before the change of the clock, and after it, as it is past it. */
export const instantsAround = (local: number): number[] =>
  offsetsAround(local)
    .map((offset) => local - offset)
    .sort((a, b) => a - b);

/** When the local day that contains `local` begins; null for a day that was skipped. */
export function startOfDay(local: number): number | null {
  const midnight = Math.floor(local / DAY) * DAY;
  const [first] = instantsOf(midnight);
  if (first !== undefined) return first;
  // The clock was put forward at midnight: the day begins with the change itself.
  let [before, after] = [instantsAround(midnight)[0] ?? midnight, instantsAround(midnight).at(-1) ?? midnight];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(middle) === offsetAt(after)) after = middle;
    else before = middle;
  }
  return localAt(after) < midnight + DAY ? after : null;
}

/** The offsets that the local clock had around `local`; no zone changes twice within two days. */
function offsetsAround(local: number): number[] {
  return [...new Set([offsetAt(local - DAY), offsetAt(local + DAY)])];
}
