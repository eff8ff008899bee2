import type { Direction, Lane, Role } from '../../shared/domain.ts';
import { laneOf } from '../../shared/session-kind.ts';
import type { Header } from './header.ts';
import type { AnomalyReport } from './results.ts';

/**
 * A header without a size may be in the middle of being written: it is only reported if it still has none after this
 * long, in ms.
 */
const WRITING_MS = 20;

const WHO: Readonly<Record<Role, string>> = {
  client: 'The server was restarted, or another one has taken over, and',
  server: 'Another server',
};
const WAY_ON: Readonly<Record<Role, string>> = {
  client: 'Open the channel again.',
  server: 'Close this session; that program now serves the channel.',
};

/** Watches the header of an open channel, and reports when somebody has written another one. */
export class HeaderWatch {
  readonly #header: Header;
  readonly #role: Role;
  readonly #report: (anomaly: AnomalyReport) => void;
  #elsewhere: string | null = null;
  #isBeingWritten = false;
  /** The sentence that was reported last, so that each is reported once. */
  #reported: string | null = null;
  #elsewhereSince = 0;
  #renewals = 0;

  constructor(header: Header, role: Role, report: (anomaly: AnomalyReport) => void) {
    this.#header = header;
    this.#role = role;
    this.#report = report;
  }

  /** What the header is now if the slots moved, and what to do. */
  get elsewhere(): string | null {
    return this.#elsewhere;
  }

  /** The same, unless somebody may be in the middle of writing the header. */
  get moved(): string | null {
    return this.#isBeingWritten ? null : this.#elsewhere;
  }

  /** How often a fresh header in the same place was found. */
  get renewals(): number {
    return this.#renewals;
  }

  /** Looks at the header; false while the slots aren't where they were opened. */
  look(): boolean {
    const state = this.#header.look();
    if (state === 'moved') return this.#isElsewhere();
    if (this.#elsewhere !== null) this.#isBack();
    if (state === 'renewed') this.#isRenewed();
    return true;
  }

  #isElsewhere(): false {
    const now = performance.now();
    if (this.#elsewhere === null) this.#elsewhereSince = now;
    this.#elsewhere = `${this.#whatIsThere()} ${WAY_ON[this.#role]} Nothing is sent or received until then.`;
    this.#isBeingWritten = this.#header.u32(0) === 0 && now - this.#elsewhereSince < WRITING_MS;
    if (!this.#isBeingWritten && this.#reported !== this.#elsewhere) {
      this.#reported = this.#elsewhere;
      this.#anomaly(this.#elsewhere);
    }
    return false;
  }

  #isBack(): void {
    this.#elsewhere = null;
    this.#isBeingWritten = false;
    this.#reported = null;
  }

  #isRenewed(): void {
    this.#renewals++;
    const out = laneOf(this.#role, 'out');
    const lost = this.#header.wiped.map((lane: Lane) => (lane === out ? SENT_LOST : RECEIVED_LOST));
    this.#anomaly(
      [
        `${WHO[this.#role]} has written a new header with the same layout and sizes, so the session continues.`,
        ...lost,
      ].join(' '),
    );
  }

  #whatIsThere(): string {
    const { geometry } = this.#header;
    const first = this.#header.u32(0);
    const was = `${geometry.layout} with ${bytes(geometry.capacity)} per direction`;
    const now =
      geometry.spec.bufferSize !== null && first <= 3
        ? `begins with ${first}, as in the layouts fixed and fixed64 or an incomplete header`
        : `says sized with ${bytes(first)} per direction`;
    return `${WHO[this.#role]} has changed the header: it was ${was}, and now it ${now}. The slots are no longer where this session expects them.`;
  }

  #anomaly(detail: string): void {
    const direction: Direction = 'in';
    this.#report({ anomaly: 'header-changed', direction, detail });
  }
}

const SENT_LOST = 'Our last message was still unread and is lost.';
const RECEIVED_LOST = 'An unread message for us is lost.';
const bytes = (n: number) => `${n.toLocaleString('en-US')} bytes`;
