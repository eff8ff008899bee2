import type { Kernel } from './kernel.ts';
import { attachEvent, createEvent, openEvent } from './posix/event.ts';
import { createSection, openSection, reclaim } from './posix/section.ts';
import { waitAny } from './posix/wait.ts';

/** Kernel objects as files, see docs/posix-objects.md. */
export const posix: Kernel = {
  platform: 'posix',
  createSection,
  openSection,
  createEvent,
  openEvent,
  attachEvent,
  waitAny,
  reclaim,
};
