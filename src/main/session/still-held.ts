import type { WatchedSection } from '../kernel/kernel.ts';

/** Whether others still hold a section that is only looked at. Throws if it was taken from them. */
export function isStillHeld(section: Pick<WatchedSection, 'isHeldByOthers' | 'check'>): boolean {
  if (!section.isHeldByOthers()) return false;
  try {
    section.check();
    return true;
  } catch (error) {
    // The last of them may have let go between the two questions, taking its file along.
    if (section.isHeldByOthers()) throw error;
    return false;
  }
}
