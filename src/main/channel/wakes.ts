import { FLAG } from '../../shared/domain.ts';
import type { AnomalyReport } from './results.ts';

/** This many wakes in a row may bring no message before the event is left alone for a while. */
const PATIENCE = 4;
/** The longest rest, in ms: a message is found at most this much later. */
const LONGEST_REST_MS = 50;
/** A wait this long without a wake, in ms: what comes after it has nothing to do with the message before. */
const PAUSE_MS = 5;

const RESTING = `Either a program keeps setting it in a loop or it is a manual-reset event that nobody resets. It is checked less often now, so a message may be found up to ${LONGEST_REST_MS} ms late.`;

/** Judges wakes without a message: what they are evidence of, and how long the event is left alone after them. */
export class Wakes {
  /** Wakes in a row without a message. */
  #fruitless = 0;
  #restUntil = 0;
  /** The last thing was a message with its own wake: another wake for it is one too many. */
  #afterMessage = false;

  /** ms for which the event should not be waited on; 0 while its wakes mean something. */
  get restMs(): number {
    return this.#restUntil === 0 ? 0 : Math.max(0, this.#restUntil - performance.now());
  }

  /** Something was in the slot: a message announced by its own wake, or anything else. */
  took(isAnnouncedMessage: boolean): void {
    this.#afterMessage = isAnnouncedMessage;
    this.#calm();
  }

  /** The event was waited on for `ms`, and wasn't set. */
  expired(ms: number): void {
    if (ms >= PAUSE_MS) this.#afterMessage = false;
    this.#calm();
  }

  /** The event was set, and the flag (0 or 2) says that there is no message. */
  withoutMessage(flag: number): AnomalyReport {
    const isOneTooMany = this.#afterMessage && flag === FLAG.read;
    this.#afterMessage = false;
    this.tire();
    if (isOneTooMany) return { anomaly: 'overrun', direction: 'in', detail: PROBABLY_REPLACED };
    const detail = `The event was set, but the flag is ${flag}: there is no message.`;
    return { anomaly: 'spurious-wake', direction: 'in', detail: this.#restUntil ? `${detail} ${RESTING}` : detail };
  }

  /** A wake was for nothing: the more of them in a row, the longer the rest. */
  tire(): void {
    this.#fruitless++;
    const over = this.#fruitless - PATIENCE;
    this.#restUntil = over < 0 ? 0 : performance.now() + Math.min(LONGEST_REST_MS, 2 ** over);
  }

  #calm(): void {
    this.#fruitless = 0;
    this.#restUntil = 0;
  }
}

const PROBABLY_REPLACED =
  'A message was probably lost: right after the last message the event was set once more, but the slot held no further message. The sender seems to have sent again before the first was read, so one replaced the other.';
