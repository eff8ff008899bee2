import { LANES, type Lane } from '../../../shared/domain.ts';
import type { OpenTap } from '../../../shared/session.ts';
import type { EventState, Kernel, Lease, WatchedSection } from '../../kernel/kernel.ts';
import { openFailure } from '../open-failure.ts';

type Names = Pick<OpenTap, 'section' | 'eventS2c' | 'eventC2s'>;

/** By mask, in Windows' words. */
const SECTION_RIGHTS = new Map([
  [0x4, 'FILE_MAP_READ'],
  [0x2, 'FILE_MAP_WRITE'],
]);
const EVENT_RIGHTS = new Map([
  [0x1, 'EVENT_QUERY_STATE'],
  [0x2, 'EVENT_MODIFY_STATE'],
  [0x10_0000, 'SYNCHRONIZE'],
]);

export interface HeldRights {
  readonly object: string;
  readonly rights: readonly string[];
}

/**
 * A section and its two events, opened only to be looked at. A section without its events is a channel all the same:
 * they may have other names, deny access, or appear later.
 */
export class OpenedChannel {
  readonly section: WatchedSection;
  readonly events: Record<Lane, EventState | null> = { s2c: null, c2s: null };
  readonly #kernel: Kernel;
  readonly #names: Names;
  #rights: readonly HeldRights[] | null = null;
  /** Why a lane's event can't be looked at. */
  readonly #problems = new Map<Lane, string>();

  /** Throws {@link ShmscopeError} if the section can't be opened, and leaves nothing open. */
  constructor(kernel: Kernel, names: Names) {
    this.#kernel = kernel;
    this.#names = names;
    try {
      this.section = kernel.openSection(names.section, 'read');
    } catch (error) {
      throw openFailure(error, 'section');
    }
    try {
      this.openEvents();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Opens the events that aren't open yet; returns whether any was opened. */
  openEvents(): boolean {
    let opened = false;
    for (const lane of LANES) {
      const name = lane === 's2c' ? this.#names.eventS2c : this.#names.eventC2s;
      if (name !== '' && !this.events[lane] && this.#openEvent(lane, name)) opened = true;
    }
    return opened;
  }

  #openEvent(lane: Lane, name: string): boolean {
    try {
      this.events[lane] = this.#kernel.openEventState(name);
      this.#problems.delete(lane);
      this.#rights = null;
      return true;
    } catch (error) {
      const failure = openFailure(error, 'event');
      if (failure === error || !(failure instanceof Error)) throw error;
      this.#problems.set(lane, failure.message);
      return false;
    }
  }

  /** A sentence for each event that can't be looked at. */
  get problems(): readonly string[] {
    return [...this.#problems.values()];
  }

  /** What each of our handles may do, according to the OS. */
  get rights(): readonly HeldRights[] {
    this.#rights ??= this.#askRights();
    return this.#rights;
  }

  #askRights(): HeldRights[] {
    const { section, events } = this;
    const names = this.#names;
    return [
      { object: names.section, rights: sectionRights(section.rights) },
      ...(events.s2c ? [{ object: names.eventS2c, rights: wordsOf(events.s2c.rights, EVENT_RIGHTS) }] : []),
      ...(events.c2s ? [{ object: names.eventC2s, rights: wordsOf(events.c2s.rights, EVENT_RIGHTS) }] : []),
    ];
  }

  get leases(): readonly Lease[] {
    return this.#objects.map(({ lease }) => lease);
  }

  /**
   * Closes events that are no longer the ones their names stand for: the ends have let go of them. Asks the OS.
   * `onLeaving` is called when {@link leases} no longer has what is about to be closed.
   */
  checkEvents(onLeaving: () => void): void {
    for (const lane of LANES) {
      const event = this.events[lane];
      if (!event || isThere(event)) continue;
      this.events[lane] = null;
      this.#rights = null;
      onLeaving();
      event.close();
    }
  }

  /** Releases everything. A second call does nothing. */
  close(): void {
    for (const object of this.#objects.reverse()) object.close();
  }

  get #objects(): (WatchedSection | EventState)[] {
    return [this.section, this.events.s2c, this.events.c2s].filter((object) => object != null);
  }
}

function isThere(event: EventState): boolean {
  try {
    event.check();
    return true;
  } catch {
    return false;
  }
}

/** Rights on a section, in Windows' words. */
export const sectionRights = (mask: number): string[] => wordsOf(mask, SECTION_RIGHTS);

/** A bit without a name is shown as a number. */
function wordsOf(mask: number, words: ReadonlyMap<number, string>): string[] {
  const known = [...words].filter(([bit]) => (mask & bit) !== 0);
  const rest = known.reduce((left, [bit]) => left & ~bit, mask);
  return [...known.map(([, word]) => word), ...(rest === 0 ? [] : [`0x${(rest >>> 0).toString(16)}`])];
}
