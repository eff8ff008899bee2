import type { ChannelEvents } from '../../shared/discovery.ts';
import { LANES, type Lane } from '../../shared/domain.ts';
import type { NamedObject, ObjectDirectory } from '../kernel/directory.ts';
import { laneInName, NO_EVENTS } from './pairing.ts';
import type { SeenSection } from './seen-section.ts';

/** Asking for all holders takes longer than all else, so an answer counts for so many ms while the names stay. */
const FRESH_MS = 3000;
/** Most channels and events that are asked about; with more, names alone pair them. */
const MOST_CHANNELS = 64;
const MOST_EVENTS = 1024;

/** Pairs by who holds what, where names leave a doubt: channels without events, or with those that another has too. */
export class HeldEvents {
  readonly #directory: ObjectDirectory;
  #known: { readonly key: string; readonly at: number; readonly pairs: ReadonlyMap<string, ChannelEvents> } | null =
    null;

  constructor(directory: ObjectDirectory) {
    this.#directory = directory;
  }

  /** For each section's name its events: by its holders where that tells, else as the names had it. */
  settle(
    channels: readonly SeenSection[],
    events: readonly NamedObject[],
    byNames: ReadonlyMap<string, ChannelEvents>,
  ): (section: string) => ChannelEvents {
    const taken = new Set([...byNames.values()].flatMap((pair) => (pair.evidence === 'similar' ? namesOf(pair) : [])));
    const doubtful = channels.filter(({ found }) => byNames.get(found.name)?.evidence !== 'similar');
    const candidates = events.filter(({ name }) => laneInName(name) !== null && !taken.has(name));
    const isTold = doubtful.length > 1 || doubtful.some(({ found }) => !byNames.has(found.name));
    const held = isTold ? this.#ask(doubtful.slice(0, MOST_CHANNELS), candidates.slice(0, MOST_EVENTS)) : NOTHING;
    return (section) => held.get(section) ?? byNames.get(section) ?? NO_EVENTS;
  }

  #ask(channels: readonly SeenSection[], events: readonly NamedObject[]): ReadonlyMap<string, ChannelEvents> {
    if (channels.length === 0 || events.length === 0) return NOTHING;
    const objects = [...channels.map(({ object }) => object), ...events];
    const key = objects.map(({ path }) => path).join('\n');
    const now = performance.now();
    if (this.#known?.key === key && now - this.#known.at < FRESH_MS) return this.#known.pairs;
    const pairs = this.#pairs(channels, events, objects);
    this.#known = { key, at: now, pairs };
    return pairs;
  }

  #pairs(
    channels: readonly SeenSection[],
    events: readonly NamedObject[],
    objects: readonly NamedObject[],
  ): ReadonlyMap<string, ChannelEvents> {
    const pids = this.#directory.holders(objects).of.map((holders) => new Set(holders.map(({ pid }) => pid)));
    const pairs = new Map<string, ChannelEvents>();
    for (const [index, { found }] of channels.entries()) {
      const mine = pids[index] ?? new Set();
      const isMine = (at: number) => [...(pids[channels.length + at] ?? [])].some((pid) => mine.has(pid));
      const held = events.filter((_, at) => isMine(at));
      const pair = mine.size === 0 ? null : pairOf(held);
      if (pair) pairs.set(found.name, pair);
    }
    return pairs;
  }
}

const NOTHING: ReadonlyMap<string, ChannelEvents> = new Map();
const namesOf = ({ s2c, c2s }: ChannelEvents): string[] => [s2c, c2s].filter((name) => name !== null);

/** None are an answer too; several of one lane are none. */
function pairOf(held: readonly NamedObject[]): ChannelEvents | null {
  if (held.length === 0) return NO_EVENTS;
  const of = (lane: Lane) => held.filter(({ name }) => laneInName(name) === lane).map(({ name }) => name);
  if (LANES.some((lane) => of(lane).length > 1)) return null;
  return { s2c: of('s2c')[0] ?? null, c2s: of('c2s')[0] ?? null, evidence: 'held' };
}
