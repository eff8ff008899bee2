import { TOP, WIDTHS, widthOf } from '../store/levels.ts';

/** Equal-width buckets covering a span, made of stored buckets of one level. */
export interface Grid {
  /** Where the first one begins, in µs since the session began: at or just before the start of the span. */
  readonly begin: number;
  readonly width: number;
  readonly count: number;
  /** In stored buckets; above the top level several are merged. */
  readonly level: number;
}

export interface Asked {
  readonly fromMono: number;
  readonly toMono: number;
  readonly buckets: number;
}

/** At most the requested number of buckets, from the finest level that gives no more. */
export function gridFor({ fromMono, toMono, buckets }: Asked): Grid {
  const level = WIDTHS.findIndex((width) => bucketsIn(width, fromMono, toMono) <= buckets);
  const width = level === -1 ? mergedWidth(fromMono, toMono, buckets) : widthOf(level);
  const begin = Math.floor(fromMono / width) * width;
  return { begin, width, count: bucketsIn(width, fromMono, toMono), level: level === -1 ? TOP : level };
}

/** Exactly the span, in buckets of any width; undefined if the stored ones are fine enough. */
export function closeGridFor({ fromMono, toMono, buckets }: Asked): Omit<Grid, 'level'> | undefined {
  if (bucketsIn(widthOf(0), fromMono, toMono) * 2 > buckets) return undefined;
  const width = Math.max(1, Math.ceil((toMono - fromMono) / buckets));
  return { begin: fromMono, width, count: Math.ceil((toMono - fromMono) / width) };
}

/** Above the top level several buckets are merged. */
function mergedWidth(from: number, to: number, buckets: number): number {
  let merged = Math.ceil((to - from) / widthOf(TOP) / buckets);
  // A span that starts or ends inside a bucket can touch one more.
  while (bucketsIn(widthOf(TOP) * merged, from, to) > Math.max(2, buckets)) merged++;
  return widthOf(TOP) * merged;
}

const bucketsIn = (width: number, from: number, to: number) => Math.ceil(to / width) - Math.floor(from / width);
