import type { ChannelEvents } from '../../shared/discovery.ts';
import { LANES, type Lane } from '../../shared/domain.ts';
import type { NamedObject, ObjectDirectory } from '../kernel/directory.ts';
import { laneInName, NO_EVENTS } from './pairing.ts';
import type { SeenSection } from './seen-section.ts';

/**
 * Asking for all holders takes longer than everything else, so an answer is reused for this many ms while the names
 * stay.
 */
const FRESH_MS = 3000;
/** The most channels and events that are asked about; with more, only names pair them. */
const MOST_CHANNELS = 64;
const MOST_EVENTS = 1024;

/**
 * Pairs by who holds what, where names leave a doubt: channels without events, or with events that another channel has
 * too.
 */
export class HeldEvents {
  readonly #directory: ObjectDirectory;
  #known: { readonly key: string; readonly at: number; readonly pairs: Pairs } | null = null;

  constructor(directory: ObjectDirectory) {
    this.#directory = directory;
  }

  /** The events for each section's name: by its holders if they tell, else by the names. */
  settle(
    channels: readonly SeenSection[],
    events: readonly NamedObject[],
    byNames: ReadonlyMap<string, ChannelEvents>,
  ): (section: string) => ChannelEvents {
    const isDoubtful = ({ found }: SeenSection) => byNames.get(found.name)?.evidence !== 'similar';
    const doubtful = channels.filter(isDoubtful);
    const isTold = doubtful.length > 1 || doubtful.some(({ found }) => !byNames.has(found.name));
    const asked = [...doubtful, ...channels.filter((channel) => !isDoubtful(channel))].slice(0, MOST_CHANNELS);
    const candidates = events.filter(({ name }) => laneInName(name) !== null).slice(0, MOST_EVENTS);
    const held = isTold ? this.#ask(asked, candidates, byNames) : NOTHING;
    return (section) => held.get(section) ?? byNames.get(section) ?? NO_EVENTS;
  }

  #ask(
    channels: readonly SeenSection[],
    events: readonly NamedObject[],
    byNames: ReadonlyMap<string, ChannelEvents>,
  ): Pairs {
    if (events.length === 0) return NOTHING;
    const objects = [...channels.map(({ object }) => object), ...events];
    const key = objects.map(({ path }) => path).join('\n');
    const now = performance.now();
    if (this.#known?.key === key && now - this.#known.at < FRESH_MS) return this.#known.pairs;
    const pairs = pairsOf(channels, events, byNames, this.#pidsOf(objects));
    this.#known = { key, at: now, pairs };
    return pairs;
  }

  #pidsOf(objects: readonly NamedObject[]): PidsOf {
    const { of } = this.#directory.holders(objects);
    const pids = new Map(objects.map(({ path }, at) => [path, new Set(of[at]?.map(({ pid }) => pid))]));
    return ({ path }) => pids.get(path) ?? NOBODY;
  }
}

type Pairs = ReadonlyMap<string, ChannelEvents>;
type PidsOf = (object: NamedObject) => ReadonlySet<number>;
const NOBODY: ReadonlySet<number> = new Set();

/**
 * The events of each channel that names leave in doubt. An event named after another channel, and held by a process
 * that has that channel too, is held for that one.
 */
function pairsOf(
  channels: readonly SeenSection[],
  events: readonly NamedObject[],
  byNames: ReadonlyMap<string, ChannelEvents>,
  pidsOf: PidsOf,
): Pairs {
  const ownerOf = new Map<string, NamedObject>();
  const pairs = new Map<string, ChannelEvents>();
  for (const { object, found } of channels) {
    const pair = byNames.get(found.name);
    if (pair?.evidence === 'similar') for (const name of namesOf(pair)) ownerOf.set(name, object);
  }
  for (const { object, found } of channels) {
    if (byNames.get(found.name)?.evidence === 'similar') continue;
    const mine = pidsOf(object);
    const isHeld = (event: NamedObject) => {
      const owner = ownerOf.get(event.name);
      const elsewhere = owner ? pidsOf(owner) : NOBODY;
      return [...pidsOf(event)].some((pid) => mine.has(pid) && !elsewhere.has(pid));
    };
    const pair = mine.size === 0 ? null : pairOf(events.filter(isHeld));
    if (pair) pairs.set(found.name, pair);
  }
  return pairs;
}

const NOTHING: Pairs = new Map();
const namesOf = ({ s2c, c2s }: ChannelEvents): string[] => [s2c, c2s].filter((name) => name !== null);

/** None is an answer too; several for one lane count as none. */
function pairOf(held: readonly NamedObject[]): ChannelEvents | null {
  if (held.length === 0) return NO_EVENTS;
  const of = (lane: Lane) => held.filter(({ name }) => laneInName(name) === lane).map(({ name }) => name);
  if (LANES.some((lane) => of(lane).length > 1)) return null;
  return { s2c: of('s2c')[0] ?? null, c2s: of('c2s')[0] ?? null, evidence: 'held' };
}
