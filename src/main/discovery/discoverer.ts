import {
  type ChannelDetails,
  type Discovery,
  type DiscoveryQuery,
  type FoundSection,
  MAX_OTHERS,
  type Unseen,
} from '../../shared/discovery.ts';
import { ShmscopeError } from '../../shared/failure.ts';
import { objectNameProblem } from '../../shared/object-name.ts';
import { SAMPLE_BYTES } from '../channel/layout-evidence.ts';
import type { NamedObject, ObjectDirectory, SectionLook } from '../kernel/directory.ts';
import { ChannelProcesses } from './channel-processes.ts';
import { detailsOf } from './details.ts';
import { HeldEvents } from './held-events.ts';
import { NO_EVENTS, pairByNames, sharedEvents } from './pairing.ts';
import { readChannel } from './reading.ts';
import type { SeenSection } from './seen-section.ts';

/** Events that our own taps create to know about each other (docs/posix-objects.md). */
const MARKER = /\\Shmscope onlookers [0-9a-f]{32}$/;
/** The most channels whose two ends are each checked against every layout. */
const MAX_THOROUGH = 32;
/** The most unseen objects that are listed one by one. */
const MAX_REASONS = 3;

/** The result of one look at the system, before it is summarised. */
interface Seen {
  readonly sections: readonly SeenSection[];
  readonly events: readonly NamedObject[];
  readonly unseen: readonly Unseen[];
}

/** Finds channels and what belongs to them. Every call looks again and holds nothing afterwards. Synchronous. */
export class Discoverer {
  readonly #directory: ObjectDirectory;
  readonly #held: HeldEvents;
  readonly #processes: ChannelProcesses;
  readonly #sample = new Uint8Array(SAMPLE_BYTES);

  constructor(directory: ObjectDirectory) {
    this.#directory = directory;
    this.#held = new HeldEvents(directory);
    this.#processes = new ChannelProcesses(directory);
  }

  discover(query: DiscoveryQuery): Discovery {
    const begun = performance.now();
    const seen = this.#look();
    return told(query.processes ? this.#withProcesses(seen) : seen, query, begun);
  }

  /** The same, and the details of every channel, processes included. */
  survey(query: Omit<DiscoveryQuery, 'processes'>): {
    readonly discovery: Discovery;
    readonly details: readonly ChannelDetails[];
  } {
    const begun = performance.now();
    const seen = this.#look();
    const channels = seen.sections.filter(({ found }) => found.reading !== null);
    return { details: this.#detailsOf(channels, seen), discovery: told(seen, query, begun) };
  }

  /** Throws `no-such-section` if it is gone. */
  details(id: string): ChannelDetails {
    const seen = this.#look();
    const [details] = this.#detailsOf(
      seen.sections.filter(({ found }) => found.id === id),
      seen,
    );
    if (details) return details;
    throw new ShmscopeError(
      'no-such-section',
      'This section no longer exists: the last program that held it has closed it.',
    );
  }

  #withProcesses({ sections, ...seen }: Seen): Seen {
    const of = this.#processes.of(sections.filter(({ found }) => found.reading !== null));
    const withThem = ({ object, found }: SeenSection): SeenSection => ({
      object,
      found: { ...found, processes: of.get(object.path) ?? null },
    });
    return { ...seen, sections: sections.map(withThem) };
  }

  #detailsOf(sections: readonly SeenSection[], { sections: all, events, unseen }: Seen): ChannelDetails[] {
    const channels = all.map(({ found }) => found).filter(({ reading }) => reading !== null);
    return sections.length === 0 ? [] : detailsOf(this.#directory, sections, { channels, events, unseen });
  }

  #look(): Seen {
    const { objects, unseen } = this.#directory.list();
    const events = objects.filter(({ kind, name }) => kind === 'event' && !MARKER.test(name)).sort(byName);
    const refused: Unseen[] = [];
    let thorough = 0;
    const sections = objects
      .filter(({ kind }) => kind === 'section')
      .sort(byName)
      .flatMap((object) => {
        const seen = this.#lookAt(object, thorough < MAX_THOROUGH, refused);
        if (seen?.found.reading) thorough += 1;
        return seen ?? [];
      });
    const channels = sections.filter(({ found }) => found.reading !== null);
    const pairs = pairByNames(
      channels.map(({ found }) => found.name),
      events.map(({ name }) => name),
    );
    const sure = this.#held.settle(channels, events, pairs);
    const withEvents = ({ object, found }: SeenSection) =>
      found.reading === null ? { object, found } : { object, found: { ...found, events: sure(found.name) } };
    return {
      sections: sections.map(withEvents),
      events,
      unseen: [...summed(unseen, 'places with names'), ...summed(refused, 'sections')],
    };
  }

  /** Null if it has gone meanwhile. */
  #lookAt(object: NamedObject, thorough: boolean, refused: Unseen[]): SeenSection | null {
    const sample = this.#sample;
    const look = this.#directory.look(object, sample);
    if (look.outcome === 'gone') return null;
    if (look.outcome === 'unseen') refused.push(look.unseen);
    const reading = look.outcome === 'seen' ? readChannel(sample.subarray(0, look.bytes), look.extent, thorough) : null;
    const found: FoundSection = {
      // A lone surrogate in it wouldn't survive the way to a window and back.
      id: JSON.stringify(object.path),
      name: object.name,
      space: object.space,
      extent: look.outcome === 'unseen' ? null : look.extent,
      reading,
      note: reading === null ? NOTES[look.outcome](look) : null,
      events: NO_EVENTS,
      closed: closedReason(object) ?? UNOPENABLE[look.outcome] ?? null,
      processes: null,
    };
    return { object, found };
  }
}

/** @param begun by the clock of `performance` */
function told({ sections, events, unseen }: Seen, { all }: Pick<DiscoveryQuery, 'all'>, begun: number): Discovery {
  const found = sections.map((section) => section.found);
  const channels = found.filter(({ reading }) => reading !== null);
  const others = found.filter(({ reading }) => reading === null);
  const paired = new Set(channels.flatMap(({ events: { s2c, c2s } }) => [s2c, c2s]));
  const loose = events.map(({ name }) => name).filter((name) => !paired.has(name));
  const some = <T>(list: readonly T[]) => (all ? list.slice(0, MAX_OTHERS) : []);
  return {
    channels,
    others: { count: others.length, sections: some(others) },
    looseEvents: { count: loose.length, names: some(loose) },
    shared: sharedEvents(channels),
    unseen,
    tookMs: performance.now() - begun,
  };
}

const byName = (a: NamedObject, b: NamedObject): number => (a.name < b.name ? -1 : Number(a.name > b.name));

type Told = Exclude<SectionLook['outcome'], 'gone'>;
const NOTES: Readonly<Record<Told, (look: SectionLook) => string>> = {
  seen: () => 'Does not look like a channel',
  file: () => 'Maps a file or a program',
  uncommitted: () => 'Reserved, none of it is in use yet',
  unseen: (look) => (look.outcome === 'unseen' ? look.unseen.reason : ''),
};

/** What else keeps a section from being opened. */
const UNOPENABLE: Readonly<Partial<Record<Told, string>>> = {
  file: 'It maps a file or a program. Read its bytes there.',
  uncommitted: 'Its program has reserved its memory but uses none of it yet.',
  unseen: 'We may not read it: its program must allow that, or Shmscope must run as the same user.',
};

/** kernel32 only accepts names of this session and global ones. */
function closedReason({ name, space }: NamedObject): string | null {
  if (space.kind === 'session')
    return `It belongs to logon session ${space.session}. Run Shmscope in that session, or have its programs use Global\\ names.`;
  if (space.kind === 'container')
    return 'It belongs to an app in an AppContainer, whose names other programs do not see.';
  const problem = objectNameProblem(name);
  return problem === undefined ? null : `It can't be opened by this name. ${problem}`;
}

/** A few are listed as they are; of more, those with the same reason are counted together. */
function summed(unseen: readonly Unseen[], words: string): Unseen[] {
  if (unseen.length <= MAX_REASONS) return [...unseen];
  const counts = new Map<string, number>();
  for (const { reason } of unseen) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const firsts = new Map(unseen.toReversed().map((each) => [each.reason, each]));
  return [...counts].flatMap(([reason, count]) => {
    const first = firsts.get(reason);
    if (!first || count === 1) return first ?? [];
    return { ...first, what: `${count.toLocaleString('en-US')} ${words}` };
  });
}
