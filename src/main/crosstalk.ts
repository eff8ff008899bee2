import type { Discovery } from '../shared/discovery.ts';
import { type ChannelSession, isOnChannel } from '../shared/session.ts';
import { crosstalkOf, heldChannels, type NamedChannel, namedChannel, withEvents } from './discovery/crosstalk.ts';
import type { ChannelDiscovery } from './discovery/discovery.ts';
import type { SessionRegistry } from './session/registry.ts';
import { throttle } from './throttle.ts';

/** ms between two searches for other channels. */
const PACE_MS = 5000;

interface Parts {
  readonly snapshots: () => readonly ChannelSession[];
  readonly discover: () => Promise<Discovery>;
  /** Reports it in a session's log. */
  readonly tell: (session: number, detail: string) => Promise<unknown>;
}

/** Watches the sessions of a process. */
export const watchCrosstalk = (sessions: SessionRegistry, discovery: ChannelDiscovery): CrosstalkWatch =>
  new CrosstalkWatch({
    snapshots: () => sessions.snapshots().filter(isOnChannel),
    discover: () => discovery.discover({ all: false, processes: true }),
    tell: (id, detail) => sessions.get(id).call({ type: 'crosstalk', detail }),
  });

/**
 * Tells sessions about another channel that uses their events too, naming both. Looks when a session has opened, and
 * again when one has met an anomaly: two such channels take each other's wakes, which doesn't go unnoticed.
 */
export class CrosstalkWatch {
  readonly #parts: Parts;
  readonly #throttle = throttle(() => {
    void this.#look();
    return PACE_MS;
  });
  /** Each session's anomalies at the last look. */
  #anomalies = new Map<number, number>();
  /** What was reported, as session and section. */
  readonly #told = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Call it when anything about the sessions has changed. */
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
    const held = heldChannels(found);
    const channels = [...sessions.map(namesOf), ...held];
    for (const session of sessions) {
      for (const { other, detail } of crosstalkOf(withEvents(namesOf(session), held), channels)) {
        const key = `${session.id} ${other}`;
        if (this.#told.has(key)) continue;
        this.#told.add(key);
        // It may have closed meanwhile.
        await this.#parts.tell(session.id, detail).catch(() => {});
      }
    }
  }
}

const namesOf = ({ section, eventS2c, eventC2s }: ChannelSession): NamedChannel =>
  namedChannel(section, [eventS2c, eventC2s]);
