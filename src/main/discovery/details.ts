import type {
  ChannelDetails,
  ChannelProcess,
  FoundEvent,
  FoundSection,
  HeldObject,
  Unseen,
} from '../../shared/discovery.ts';
import type { Lane } from '../../shared/domain.ts';
import type { Holder, HolderProcess, Holders, NamedObject, ObjectDirectory } from '../kernel/directory.ts';
import { onlyLooks } from './channel-processes.ts';
import { laneInName } from './pairing.ts';
import type { SeenSection } from './seen-section.ts';

/** The most events beside the channel's own that are named: a program can hold thousands. */
const MOST_EVENTS = 50;
/** The most events whose holders are asked for. */
const MOST_ASKED = 2000;

interface Around {
  readonly channels: readonly FoundSection[];
  readonly events: readonly NamedObject[];
  readonly unseen: readonly Unseen[];
}

/**
 * For each of the sections: who holds it and its events, with which rights, and which other events those processes
 * hold.
 */
export function detailsOf(
  directory: ObjectDirectory,
  sections: readonly SeenSection[],
  around: Around,
): ChannelDetails[] {
  const names = new Set(sections.flatMap(({ found }) => [found.events.s2c, found.events.c2s]));
  const [paired, others] = [true, false].map((is) => around.events.filter(({ name }) => names.has(name) === is));
  const events = [...(paired ?? []), ...(others ?? []).slice(0, MOST_ASKED)];
  const asked = [...sections.map(({ object }) => object), ...events];
  const held = new Held(asked, directory.holders(asked));
  return sections.map((section) => detail(directory, section, { ...around, events }, held));
}

/** An object that was asked for, and who holds it. */
class Held {
  readonly holders: Holders;
  readonly #of: ReadonlyMap<NamedObject, readonly Holder[]>;

  constructor(asked: readonly NamedObject[], holders: Holders) {
    this.holders = holders;
    this.#of = new Map(asked.map((object, index) => [object, holders.of[index] ?? []]));
  }

  of(object: NamedObject): readonly Holder[] {
    return this.#of.get(object) ?? [];
  }
}

function detail(
  directory: ObjectDirectory,
  { object, found }: SeenSection,
  { channels, events, unseen }: Around,
  held: Held,
): ChannelDetails {
  const laneOf = (name: string): Lane | null => {
    if (name === found.events.s2c) return 's2c';
    return name === found.events.c2s ? 'c2s' : null;
  };
  const pids = new Set(held.of(object).map(({ pid }) => pid));
  const paired = events.filter(({ name }) => laneOf(name) !== null);
  const besides = events.filter((event) => !paired.includes(event) && held.of(event).some(({ pid }) => pids.has(pid)));
  const shown = [...paired, ...besides.slice(0, MOST_EVENTS)];
  const eventOf = (event: NamedObject): FoundEvent => ({
    name: event.name,
    lane: laneOf(event.name) ?? laneInName(event.name),
    paired: laneOf(event.name) !== null,
    isSet: directory.isSet(event),
  });
  return {
    section: found,
    events: shown.map(eventOf),
    processes: processesOf([object, ...shown], held),
    sharedWith: channels.filter((other) => other.id !== found.id && sharesEvents(found, other)).map(({ name }) => name),
    unseen: [...unseen, ...held.holders.unseen],
  };
}

function sharesEvents({ events: one }: FoundSection, { events: other }: FoundSection): boolean {
  return (one.s2c !== null && one.s2c === other.s2c) || (one.c2s !== null && one.c2s === other.c2s);
}

/** Those that hold one of the objects; the section's holders first. */
function processesOf(objects: readonly NamedObject[], held: Held): ChannelProcess[] {
  const holdsOf = (pid: number) =>
    objects.flatMap((object) =>
      grouped(
        object,
        held.of(object).filter((holder) => holder.pid === pid),
      ),
    );
  const isHolder = ({ holds }: ChannelProcess) => holds.some(({ kind }) => kind === 'section');
  return held.holders.processes
    .map((each) => processWith(each, holdsOf(each.pid)))
    .filter(({ holds }) => holds.length > 0)
    .sort((a, b) => Number(isHolder(b)) - Number(isHolder(a)) || a.pid - b.pid);
}

function processWith({ pid, name, bits, session }: HolderProcess, holds: readonly HeldObject[]): ChannelProcess {
  const sections = holds.filter(({ kind }) => kind === 'section');
  return {
    ...{ pid, name, bits, session, holds },
    own: pid === process.pid,
    looksOnly: onlyLooks(sections),
  };
}

/** One entry for all handles with the same rights. */
function grouped({ kind, name }: NamedObject, holders: readonly Holder[]): HeldObject[] {
  const groups = new Map<string, HeldObject>();
  for (const { rights, access } of holders) {
    const key = `${access} ${rights}`;
    groups.set(key, { kind, name, rights, access, handles: (groups.get(key)?.handles ?? 0) + 1 });
  }
  return [...groups.values()];
}
