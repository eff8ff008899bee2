import type { ChannelEvents, EventEvidence, SharedEvents } from '../../shared/discovery.ts';
import { DEFAULT_EVENT_C2S, DEFAULT_EVENT_S2C, LANES, type Lane } from '../../shared/domain.ts';

/** Names contained in one another count as alike from this many letters on. */
const LEAST_STEM = 3;
const MARKS: Readonly<Record<Lane, RegExp>> = {
  s2c: /s[\W_]*2[\W_]*c|s(?:erver|rv)[\W_]*(?:to|2)[\W_]*c(?:lient|li)/gi,
  c2s: /c[\W_]*2[\W_]*s|c(?:lient|li)[\W_]*(?:to|2)[\W_]*s(?:erver|rv)/gi,
};
const PREFIX = /^.*\\/s;

/** The lane indicated by the last mark in an event's name; null if it has none. */
export const laneInName = (name: string): Lane | null => lastMark(bareName(name))?.lane ?? null;

const prefixOf = (name: string): string => PREFIX.exec(name)?.[0] ?? '';
const bareName = (name: string): string => name.slice(prefixOf(name).length);

interface Mark {
  readonly lane: Lane;
  readonly begin: number;
  readonly end: number;
}

function lastMark(bare: string): Mark | null {
  const marks = LANES.flatMap((lane) =>
    [...bare.matchAll(MARKS[lane])].map(({ index, 0: text }) => ({ lane, begin: index, end: index + text.length })),
  );
  return marks.sort((a, b) => b.end - a.end)[0] ?? null;
}

/** What is left of a name without its prefix, the mark of its lane and everything that isn't a letter or digit. */
function stemOf(name: string): string {
  const bare = bareName(name);
  const mark = lastMark(bare);
  const unmarked = mark ? bare.slice(0, mark.begin) + bare.slice(mark.end) : bare;
  return lettersOf(unmarked);
}
const lettersOf = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();

export const NO_EVENTS: ChannelEvents = { s2c: null, c2s: null, evidence: null };

/** Events with one stem, of names visible to programs in one name space. */
interface Pair {
  readonly prefix: string;
  readonly stem: string;
  readonly names: Partial<Record<Lane, string>>;
}

/** The crate's own names, which it gives to the events of every section. */
const DEFAULTS = { s2c: DEFAULT_EVENT_S2C, c2s: DEFAULT_EVENT_C2S } as const;
const DEFAULT_STEM = stemOf(DEFAULTS.s2c);
const DEFAULT_PREFIX = prefixOf(DEFAULTS.s2c);

/**
 * For each section the events whose names resemble it, each pair for one section only; for the others the crate's fixed
 * ones if they exist.
 */
export function pairByNames(sections: readonly string[], events: readonly string[]): Map<string, ChannelEvents> {
  const pairs = pairsOf(events);
  const paired = new Map<string, ChannelEvents>();
  const take = (section: string, pair: Pair | undefined, evidence: EventEvidence) => {
    if (!pair) return;
    paired.set(section, { s2c: pair.names.s2c ?? null, c2s: pair.names.c2s ?? null, evidence });
    if (evidence === 'similar') pairs.delete(keyOf(pair.prefix, pair.stem));
  };
  const rest = () => sections.filter((section) => !paired.has(section));
  for (const section of rest())
    take(section, pairs.get(keyOf(prefixOf(section), lettersOf(bareName(section)))), 'similar');
  for (const section of rest()) take(section, resembling(section, pairs.values()), 'similar');
  for (const section of rest()) {
    const own = pairs.get(keyOf(prefixOf(section), DEFAULT_STEM));
    take(section, own ?? pairs.get(keyOf(DEFAULT_PREFIX, DEFAULT_STEM)), 'default');
  }
  return paired;
}

const keyOf = (prefix: string, stem: string) => `${prefix}${stem}`;

function pairsOf(events: readonly string[]): Map<string, Pair> {
  const pairs = new Map<string, Pair>();
  for (const name of [...events].sort()) {
    const lane = laneInName(name);
    if (lane === null) continue;
    const [prefix, stem] = [prefixOf(name), stemOf(name)];
    const pair = pairs.get(keyOf(prefix, stem)) ?? { prefix, stem, names: {} };
    pair.names[lane] ??= name;
    pairs.set(keyOf(prefix, stem), pair);
  }
  return pairs;
}

/** The one with the longest stem that contains the section's, or is contained in it. */
function resembling(section: string, pairs: Iterable<Pair>): Pair | undefined {
  const [prefix, stem] = [prefixOf(section), lettersOf(bareName(section))];
  let best: Pair | undefined;
  for (const pair of pairs) {
    if (pair.prefix !== prefix || pair.stem === DEFAULT_STEM || !areAlike(stem, pair.stem)) continue;
    if (pair.stem.length > (best?.stem.length ?? 0)) best = pair;
  }
  return best;
}

const areAlike = (one: string, other: string): boolean =>
  Math.min(one.length, other.length) >= LEAST_STEM && (one.includes(other) || other.includes(one));

/** Sections that have the same pair of events. */
export function sharedEvents(
  channels: readonly { readonly id: string; readonly events: ChannelEvents }[],
): SharedEvents[] {
  const groups = new Map<string, { events: SharedEvents['events']; sections: string[] }>();
  for (const { id, events } of channels) {
    const { s2c, c2s, evidence } = events;
    if (evidence === null) continue;
    const key = JSON.stringify([s2c, c2s]);
    const group = groups.get(key) ?? { events: { s2c, c2s }, sections: [] };
    group.sections.push(id);
    groups.set(key, group);
  }
  return [...groups.values()].filter(({ sections }) => sections.length > 1);
}
