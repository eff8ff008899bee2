import type { Kernel } from './kernel.ts';
import { attachEvent, createEvent, openEvent } from './posix/event.ts';
import { openEventState } from './posix/event-state.ts';
import { yieldProcessor } from './posix/libc.ts';
import { attachView, createSection, openSection, reclaim } from './posix/section.ts';
import { pause, waitAny } from './posix/wait.ts';

/** Waits need no timer of their own. */
const NO_CLOCK = { lease: { address: 0, extent: 0, handle: 0 }, close: () => {} };

/** Kernel objects as files, see docs/posix-objects.md. */
export const posix: Kernel = {
  platform: 'posix',
  createSection,
  openSection,
  createEvent,
  openEvent,
  openEventState,
  attachEvent,
  attachView,
  waitAny,
  pause,
  yieldProcessor,
  resolutionMs: 0.5,
  clock: () => NO_CLOCK,
  reclaim,
};
