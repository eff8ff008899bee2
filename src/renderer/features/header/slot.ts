import { FLAG } from '../../../shared/domain.ts';
import type { SlotSnapshot } from '../../../shared/session.ts';

/** How much attention a slot's state needs. */
type Tone = 'calm' | 'warn' | 'bad';

export interface SlotWords {
  readonly text: string;
  readonly tone: Tone;
  /** µs since the session began from which an age is counted, or null. */
  readonly since: number | null;
}

/** The slot's flag in words. */
export function slotWords(slot: SlotSnapshot, live: boolean): SlotWords {
  switch (slot.flag) {
    case FLAG.waiting:
      return { text: 'never used', tone: 'calm', since: null };
    case FLAG.sent:
      return { text: 'unread', tone: 'warn', since: live ? slot.unreadSince : null };
    case FLAG.read:
      return { text: 'read', tone: 'calm', since: null };
    case FLAG.exit:
      return { text: 'exit', tone: 'warn', since: null };
    default:
      return { text: `unknown flag ${slot.flag}`, tone: 'bad', since: null };
  }
}

/** Younger than this, in ms, an unread message is traffic, not something to look at. */
const YOUNG_MS = 100;

/** ms → "for 0.3 s", "for 2 m 05 s"; empty while young. */
export function ageWords(ms: number): string {
  if (ms < YOUNG_MS) return '';
  if (ms < 60_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} m ${String(seconds % 60).padStart(2, '0')} s`
    : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} m`;
}
