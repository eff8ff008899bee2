import { setTimeout as pause } from 'node:timers/promises';
import type { Lane } from '../../shared/domain.ts';
import type { LensView } from '../../shared/lens.ts';
import { LayoutWatch } from '../channel/lens/layout-watch.ts';
import { lensView } from '../channel/lens/lens.ts';
import { LensSample } from '../channel/lens/sample.ts';
import { openFailure } from '../channel/open-failure.ts';
import type { EventState, Kernel, WatchedSection } from '../kernel/kernel.ts';

/** Between two looks, in ms. */
const LOOK_MS = 5;
/** A channel that is written all the time never settles, in ms. */
const PATIENCE_MS = 500;

/** An event of the channel: whether it is set, null if the system doesn't tell. */
export interface SeenEvent {
  readonly lane: Lane;
  readonly name: string;
  readonly isSet: boolean | null;
}

interface OpenEvent {
  readonly lane: Lane;
  readonly name: string;
  readonly state: EventState;
}

/** An open channel, with those of its events that were named. */
export class OpenLens {
  readonly #section: WatchedSection;
  readonly #events: OpenEvent[] = [];
  readonly #watch: LayoutWatch;

  /** Throws ShmscopeError if one of them doesn't exist or can't be looked at; then none is open. */
  constructor(kernel: Kernel, name: string, events: readonly { readonly lane: Lane; readonly name: string }[]) {
    this.#section = attempt('section', () => kernel.openSection(name, 'read'));
    this.#watch = new LayoutWatch(this.#section);
    try {
      for (const event of events) {
        const state = attempt('event', () => kernel.openEventState(event.name));
        this.#events.push({ ...event, state });
      }
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Looks repeatedly for this long; a little longer if the last looks don't agree yet. */
  async pass(ms: number): Promise<void> {
    const end = performance.now() + ms;
    const isOver = (now: number) => now >= end && (this.#watch.isSettled || now >= end + PATIENCE_MS);
    for (let now = performance.now(); !isOver(now); now = performance.now()) {
      this.#watch.look(now);
      await pause(LOOK_MS);
    }
  }

  view(): LensView {
    this.#section.check();
    const { bytes } = new LensSample(this.#section);
    return lensView(bytes, this.#section.extent, this.#watch.verdict ?? undefined);
  }

  get events(): SeenEvent[] {
    return this.#events.map(({ lane, name, state }) => ({ lane, name, isSet: state.signalled() }));
  }

  /** What nobody else holds would only live on because of us. */
  get isUsed(): boolean {
    return this.#section.isHeldByOthers();
  }

  close(): void {
    for (const { state } of this.#events) state.close();
    this.#section.close();
  }
}

function attempt<T>(kind: 'section' | 'event', open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw openFailure(error, kind);
  }
}
