import { LANES, type Layout } from '../../../shared/domain.ts';
import { type Geometry, geometry } from '../layout.ts';

/** What two layouts have in different places: "lengths and data start 4 and 8 bytes apart". */
export function distanceWords(a: Layout, b: Layout, bufferSize: number): string {
  const [one, other] = [geometry(a, bufferSize), geometry(b, bufferSize)];
  const differing = PARTS.map(({ name, at }) => {
    const [from, to] = [at(one), at(other)];
    return { name, apart: Math.max(...LANES.map((lane) => Math.abs(from[lane] - to[lane]))) };
  }).filter((part) => part.apart > 0);
  const names = listed(differing.map(({ name }) => name));
  const distances = differing.map((part) => part.apart.toLocaleString('en-US'));
  return `${names} start ${listed(new Set(distances).size === 1 ? distances.slice(0, 1) : distances)} bytes apart`;
}

const PARTS: readonly { readonly name: string; readonly at: (of: Geometry) => Geometry['data'] }[] = [
  { name: 'flags', at: ({ spec }) => spec.flag },
  { name: 'lengths', at: ({ spec }) => spec.length },
  { name: 'data', at: ({ data }) => data },
];

export const listed = (words: readonly string[], and = 'and') =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${and} ${words.at(-1)}`;
