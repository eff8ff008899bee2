/** A die: a whole number from 0 up to `sides`. */
export type Roll = (sides: number) => number;

/** The same numbers for the same seed. */
export function seededRandom(seed: number): Roll {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}
