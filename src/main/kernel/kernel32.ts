import type { Kernel } from './kernel.ts';
import { yieldProcessor } from './kernel32/bindings.ts';
import { attachEvent, createEvent, openEvent } from './kernel32/event.ts';
import { openEventState } from './kernel32/event-state.ts';
import { attachView, createSection, openSection, reclaim } from './kernel32/section.ts';
import { clock, pause, waitAny } from './kernel32/wait.ts';

/** The real kernel32. */
export const kernel32: Kernel = {
  platform: 'kernel32',
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
  resolutionMs: 1.5,
  clock,
  reclaim,
};
