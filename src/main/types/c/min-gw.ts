import type { Abi } from '../../../shared/types/abi.ts';

/** Bytes of a type whose size in MinGW differs from Microsoft's compiler. */
export function sizeWithMinGw(name: string, { windows, longDouble, time }: Abi): number | undefined {
  if (!windows) return undefined;
  if (name === 'long double') return longDouble.size;
  return name === 'time_t' && time !== 8 ? time : undefined;
}
