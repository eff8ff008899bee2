import type { FoundProcess } from '../../shared/discovery.ts';
import type { Holder, HolderProcess, ObjectDirectory } from '../kernel/directory.ts';
import type { SeenSection } from './seen-section.ts';

/**
 * Asking for all holders takes longer than everything else, so an answer is reused for this many ms while the channels
 * stay.
 */
const FRESH_MS = 3000;
/** The most channels whose processes are listed. */
const MOST = 64;

type ByPath = ReadonlyMap<string, readonly FoundProcess[]>;

/** Which processes hold each channel. */
export class ChannelProcesses {
  readonly #directory: ObjectDirectory;
  #known: { readonly key: string; readonly at: number; readonly of: ByPath } | null = null;

  constructor(directory: ObjectDirectory) {
    this.#directory = directory;
  }

  of(channels: readonly SeenSection[]): ByPath {
    const objects = channels.slice(0, MOST).map(({ object }) => object);
    const key = objects.map(({ path }) => path).join('\n');
    const now = performance.now();
    if (this.#known?.key === key && now - this.#known.at < FRESH_MS) return this.#known.of;
    const { of: held, processes } = this.#directory.holders(objects);
    const of = new Map(objects.map(({ path }, index) => [path, processesIn(held[index] ?? [], processes)]));
    this.#known = { key, at: now, of };
    return of;
  }
}

function processesIn(holders: readonly Holder[], processes: readonly HolderProcess[]): FoundProcess[] {
  return processes
    .filter(({ pid }) => holders.some((holder) => holder.pid === pid))
    .sort((a, b) => a.pid - b.pid)
    .map(({ pid, name, bits }) => ({
      ...{ pid, name, bits },
      own: pid === process.pid,
      looksOnly: onlyLooks(holders.filter((holder) => holder.pid === pid)),
    }));
}

/** Whether a holder of a section with these rights can only look. */
export const onlyLooks = (holds: readonly Pick<Holder, 'rights'>[]): boolean =>
  holds.length > 0 && holds.every(({ rights }) => !rights.includes('write'));
