import type { Abi } from '../../../shared/types/abi.ts';

/** Bytes of a type that MinGW has in another size than Microsoft's compiler has. */
export function sizeWithMinGw(name: string, { windows, longDouble, time }: Abi): number | undefined {
  if (!windows) return undefined;
  if (name === 'long double') return longDouble.size;
  return name === 'time_t' && time !== 8 ? time : undefined;
}
