import type { Discovery } from '../shared/discovery.ts';
import type { ChannelSession } from '../shared/session.ts';
import { throttle } from './throttle.ts';

/** Between two looks for other channels, in ms. */
const PACE_MS = 5000;

/** A channel, by the names of its objects. */
interface Named {
  readonly section: string;
  readonly events: readonly string[];
}

interface Parts {
  readonly snapshots: () => readonly ChannelSession[];
  readonly discover: () => Promise<Discovery>;
  /** Has a session's log tell of it. */
  readonly tell: (session: number, detail: string) => Promise<unknown>;
}

/**
 * Tells sessions whose events another channel uses as well, naming both. Looks when a session has opened, and again
 * when one has met an anomaly: each channel of the two takes the other's wakes, which does not stay unseen.
 */
export class CrosstalkWatch {
  readonly #parts: Parts;
  readonly #throttle = throttle(() => {
    void this.#look();
    return PACE_MS;
  });
  /** Anomalies that each session had at the last look. */
  #anomalies = new Map<number, number>();
  /** What was told, as session and section. */
  readonly #told = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** To be called when anything about the sessions has changed. */
  changed(): void {
    if (this.#open().some(({ id, counts }) => counts.anomalies !== this.#anomalies.get(id))) this.#throttle.soon();
  }

  close(): void {
    this.#throttle.cancel();
  }

  #open(): ChannelSession[] {
    return this.#parts.snapshots().filter(({ state }) => state === 'open');
  }

  async #look(): Promise<void> {
    const sessions = this.#open();
    this.#anomalies = new Map(sessions.map(({ id, counts }) => [id, counts.anomalies]));
    const found = await this.#parts.discover().catch(() => null);
    const channels: readonly Named[] = [...sessions.map(namesOf), ...heldChannels(found)];
    for (const session of sessions) {
      const { section, events } = namesOf(session);
      for (const other of channels) {
        const shared = events.filter((name) => other.events.includes(name));
        const key = `${session.id} ${other.section}`;
        if (shared.length === 0 || other.section === section || this.#told.has(key)) continue;
        this.#told.add(key);
        // It may have closed meanwhile.
        await this.#parts.tell(session.id, detail(section, other.section, shared)).catch(() => {});
      }
    }
  }
}

const namesOf = ({ section, eventS2c, eventC2s }: ChannelSession): Named => ({
  section: plain(section),
  events: [eventS2c, eventC2s].filter((name) => name !== '').map(plain),
});

/** Those whose events are known because a process holds them, not by what they are called. */
const heldChannels = (found: Discovery | null): Named[] =>
  (found?.channels ?? [])
    .filter(({ events }) => events.evidence === 'held')
    .map(({ name, events }) => ({
      section: plain(name),
      events: [events.s2c, events.c2s].filter((event) => event !== null).map(plain),
    }));

/** Without it a name means the same. */
const plain = (name: string): string => name.replace(/^Local\\/, '');

const detail = (section: string, other: string, shared: readonly string[]): string => {
  const events = shared.map((name) => `"${name}"`).join(' and ');
  return `The channels "${section}" and "${other}" use the same ${shared.length > 1 ? 'events' : 'event'} ${events}: each takes wakes that are meant for the other, so messages are found late and wakes come without one. Give each channel events of its own; programs of the crate always use the same two, so run only one such server at a time.`;
};
