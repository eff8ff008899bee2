import { FLAG, LANES, type Lane, type Layout } from '../../../shared/domain.ts';
import type { ShmscopeError } from '../../../shared/failure.ts';
import { senderOf } from '../../../shared/session-kind.ts';
import type { EventState, ReadableSection } from '../../kernel/kernel.ts';
import { HEADER_BYTES, Header } from '../header.ts';
import type { Geometry } from '../layout.ts';
import { SlotView } from '../slot-view.ts';
import { InOrder } from './in-order.ts';
import { LaneTap } from './lane-tap.ts';
import { LayoutSearch } from './layout-search.ts';
import type { TapListener } from './listener.ts';
import { WakeWatch } from './wake-watch.ts';

/** ms between looks at the events: each takes an OS call. */
const EVENTS_MS = 0.5;
/** How much of a slot is compared while nothing happens. */
const SPOT_BYTES = 1024;
/** A changed header may be in the middle of being written: it is reported after this long, in ms. */
const WRITING_MS = 20;

/** Bytes of a section at some moment. */
export interface Spot {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export interface TappedChannel {
  /** Only read. */
  readonly section: ReadableSection;
  /** null if an event's state can't be read. */
  readonly events: Readonly<Record<Lane, EventState | null>>;
}

interface TapOptions {
  /** The section's, for sentences. */
  readonly name: string;
  readonly layout: Layout | 'auto';
  /** ms of a monotonic clock. */
  readonly now?: () => number;
}

/** The slots, while their place is known. */
interface Located {
  readonly header: Header;
  readonly lanes: Readonly<Record<Lane, LaneTap>>;
  readonly wakes: Record<Lane, WakeWatch | null>;
}

/**
 * Looks at a channel that others use, as often as it is told to, and reports what it sees. It only reads: it neither
 * waits on an event nor sets one, and never writes.
 */
export class Tap {
  readonly #channel: TappedChannel;
  readonly #listener: TapListener;
  readonly #order: InOrder;
  readonly #now: () => number;
  readonly #isAuto: boolean;
  readonly #search: LayoutSearch;
  #located: Located | null = null;
  #eventsAt = Number.NEGATIVE_INFINITY;
  #looks = 0;
  /** Since when the slots have been elsewhere; null while they are where they were. */
  #movedAt: number | null = null;
  #isMoved = false;
  #isRenewed = false;

  constructor(
    channel: TappedChannel,
    { name, layout, now = () => performance.now() }: TapOptions,
    listener: TapListener,
  ) {
    this.#channel = channel;
    this.#listener = listener;
    this.#order = new InOrder(listener, () => this.#firstUnproven);
    this.#now = now;
    this.#isAuto = layout === 'auto';
    this.#search = new LayoutSearch(channel.section, name, layout);
  }

  /** null while it is unknown where the slots are: {@link problem} says why. */
  get geometry(): Geometry | null {
    return this.#located?.header.geometry ?? null;
  }

  get problem(): ShmscopeError | null {
    return this.#search.problem;
  }

  /** null like {@link geometry}. */
  get lanes(): Readonly<Record<Lane, LaneTap>> | null {
    return this.#located?.lanes ?? null;
  }

  /** Another look soon may reveal a message that would be gone after it. */
  get isPassing(): boolean {
    return LANES.some((lane) => this.#located?.lanes[lane].isPassing);
  }

  get #firstUnproven(): number {
    const lanes = this.#located?.lanes;
    return lanes ? Math.min(lanes.s2c.firstUnproven, lanes.c2s.firstUnproven) : Number.POSITIVE_INFINITY;
  }

  /** Whether each lane's event is signalled; null if unknown. */
  get signalled(): Readonly<Record<Lane, boolean | null>> {
    const { s2c, c2s } = this.#located?.wakes ?? { s2c: null, c2s: null };
    return { s2c: s2c?.signalled ?? null, c2s: c2s?.signalled ?? null };
  }

  /**
   * The bytes that change with everything that happens on the channel, as they are now: the header, and the beginning
   * of each slot if its place is known.
   */
  get spots(): readonly Spot[] {
    const slots = LANES.map((lane) => this.#located?.lanes[lane].slot).filter((slot) => slot !== undefined);
    let headerEnd = HEADER_BYTES;
    const apart: Spot[] = [];
    for (const { data, capacity } of slots) {
      const length = Math.min(capacity, SPOT_BYTES);
      // One comparison is faster than two.
      if (data === headerEnd) headerEnd += length;
      else apart.push(this.#spot(data, length));
    }
    return [this.#spot(0, headerEnd), ...apart];
  }

  #spot(offset: number, length: number): Spot {
    const { section } = this.#channel;
    const bytes = new Uint8Array(Math.max(0, Math.min(length, section.extent - offset)));
    section.read(offset, bytes);
    return { offset, bytes };
  }

  /** Looks once. Returns whether anything has changed since the last look. Throws what the section throws. */
  look(): boolean {
    const hasChanged = this.#lookAt(this.#now());
    this.#order.release();
    return hasChanged;
  }

  /** Looks at what the ends have left behind, which nobody changes any more. */
  lookLast(): void {
    const lanes = LANES.map((lane) => this.#located?.lanes[lane]).filter((lane) => lane !== undefined);
    for (const lane of lanes) lane.willLookAtAll();
    this.look();
    for (const lane of lanes) lane.settle();
    this.#order.release();
  }

  /** Reports what was waiting for its order to be certain: there will be no more looks. */
  end(): void {
    this.#order.end();
  }

  #lookAt(now: number): boolean {
    this.#looks++;
    if (!this.#located) return this.#locate(now);
    this.#lookAtHeader();
    if (this.#isMoved) return this.#isElsewhere(this.#located, now);
    this.#movedAt = null;
    if (this.#isRenewed && !this.#begin(this.#located, now)) return true;
    if (now - this.#eventsAt >= EVENTS_MS) {
      this.#eventsAt = now;
      for (const lane of LANES) this.#lookAtEvent(lane, this.#located, now);
    }
    return this.#lookAtLanes(this.#located.lanes, now);
  }

  /** A lane's event may come and go. */
  #lookAtEvent(lane: Lane, { lanes, wakes }: Located, now: number): void {
    const event = this.#channel.events[lane];
    if (wakes[lane]?.event !== event) wakes[lane] = event && new WakeWatch(event, lanes[lane], this.#order, now);
    wakes[lane]?.look(now);
  }

  #lookAtLanes(lanes: Located['lanes'], now: number): boolean {
    let hasChanged = false;
    const order = this.#laneOrder(lanes);
    for (const lane of order) if (lanes[lane].look(now)) hasChanged = true;
    for (const lane of order) lanes[lane].tellExit(now);
    return hasChanged;
  }

  #locate(now: number): boolean {
    const geometry = this.#search.look(now);
    if (!geometry) return false;
    const header = new Header(this.#channel.section, geometry);
    const wasThere = this.#looks === 1;
    const parts = { look: () => this.#lookAtHeader(), order: this.#order, now: this.#now, wasThere };
    const lanes = {
      s2c: new LaneTap(new SlotView(header, 's2c'), parts),
      c2s: new LaneTap(new SlotView(header, 'c2s'), parts),
    };
    this.#isRenewed = false;
    this.#movedAt = null;
    this.#order.end();
    this.#listener.located(geometry);
    this.#located = { header, lanes, wakes: { s2c: null, c2s: null } };
    this.#lookAtLanes(lanes, now);
    return true;
  }

  /** False if the header is another one than before; lanes look at it in between too. */
  #lookAtHeader(): boolean {
    const state = this.#located?.header.look();
    this.#isMoved = state === 'moved';
    if (state === 'renewed') this.#isRenewed = true;
    return state === 'same';
  }

  #isElsewhere({ header, lanes }: Located, now: number): boolean {
    this.#isRenewed = false;
    this.#movedAt ??= now;
    const first = header.u32(0);
    if (first === 0 && now - this.#movedAt < WRITING_MS) return true;
    for (const lane of LANES) lanes[lane].wiped();
    this.#located = null;
    this.#changed(moved(header.geometry, first), now);
    return true;
  }

  /** Starts over with a fresh header in the same place. False if the layout must be determined again. */
  #begin({ header, lanes }: Located, now: number): boolean {
    this.#isRenewed = false;
    const lost = LANES.filter((lane) => header.wiped.includes(lane)).map(lostWith);
    this.#changed([RENEWED, ...lost].join(' '), now);
    for (const lane of LANES) lanes[lane].wiped();
    // Only a size gives the layout away; without one they look alike until the first message.
    if (!this.#isAuto || header.geometry.spec.bufferSize !== null) return true;
    this.#located = null;
    return false;
  }

  #changed(detail: string, now: number): void {
    this.#order.anomaly(this.#order.sight(now), { anomaly: 'header-changed', lane: 's2c', detail });
  }

  /**
   * If both lanes have a new message, the one that has been read came before the one that hasn't; otherwise the reply
   * comes after the request.
   */
  #laneOrder({ s2c, c2s }: Located['lanes']): readonly Lane[] {
    const isUnread = s2c.slot.flag === FLAG.sent;
    const isOtherUnread = c2s.slot.flag === FLAG.sent;
    const later = isUnread === isOtherUnread ? this.#order.lastLane : isUnread ? 's2c' : 'c2s';
    return ORDER_TO[later];
  }
}

/** The lanes, so that this one is the last. */
const ORDER_TO: Readonly<Record<Lane, readonly Lane[]>> = { s2c: ['c2s', 's2c'], c2s: ['s2c', 'c2s'] };

const count = (n: number) => `${n.toLocaleString('en-US')} bytes`;
const RENEWED =
  'A server has written a new header with the same layout and sizes: it was restarted, or has taken over the section.';
const lostWith = (lane: Lane) => `An unread message of the ${senderOf(lane)} is lost.`;

function moved({ layout, capacity, spec }: Geometry, first: number): string {
  const now =
    spec.bufferSize !== null && first <= FLAG.exit
      ? `begins with ${first}, as in the layouts fixed and fixed64 or an incomplete header`
      : `says sized with ${count(first)} per lane`;
  return `A server has changed the header: it was ${layout} with ${count(capacity)} per lane, and now it ${now}.`;
}
