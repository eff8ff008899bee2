import { readFileSync } from 'node:fs';
import type { Rectangle } from 'electron';
import * as v from 'valibot';
import { replaceFileSync } from '../replace-file.ts';

export const MIN_WIDTH = 800;
export const MIN_HEIGHT = 560;
const DEFAULT_SIZE = { width: 1440, height: 900 };
/** This much of the window, in pixels each way, must be on a display for the user to get hold of it. */
const GRIP = 100;
/** Pixels between a window and the next one. */
const STEP = 32;

const pixel = v.pipe(v.number(), v.safeInteger());
const stateSchema = v.object({
  x: pixel,
  y: pixel,
  width: v.pipe(pixel, v.minValue(MIN_WIDTH)),
  height: v.pipe(pixel, v.minValue(MIN_HEIGHT)),
  maximized: v.boolean(),
});

/** In device-independent pixels; the bounds are those of the window when it isn't maximised. */
export type WindowState = v.InferOutput<typeof stateSchema>;

/** Where a new window goes: without a position, Electron centres it. */
export type WindowPlace = Pick<WindowState, 'width' | 'height' | 'maximized'> & Partial<Rectangle>;

/** The place stored in `file`, if it is still visible on one of the displays' `workAreas`; else the default. */
export function loadWindowPlace(file: string, workAreas: readonly Rectangle[]): WindowPlace {
  const state = readState(file);
  if (!state) return { ...DEFAULT_SIZE, maximized: false };
  return workAreas.some((area) => holds(area, state)) ? state : { ...DEFAULT_SIZE, maximized: state.maximized };
}

/** As large as the window at `bounds`, a little below and to the right of it if that is visible. */
export function placeBeside({ x, y, width, height }: Rectangle, workAreas: readonly Rectangle[]): WindowPlace {
  const place = { x: x + STEP, y: y + STEP, width, height };
  return workAreas.some((area) => holds(area, place))
    ? { ...place, maximized: false }
    : { width, height, maximized: false };
}

/** Replaces the file atomically. A place that can't be stored isn't a reason to fail. */
export function saveWindowState(file: string, state: WindowState): void {
  try {
    replaceFileSync(file, JSON.stringify(state));
  } catch (error) {
    console.warn(`Couldn't save the window's position: ${(error as Error).message}`);
  }
}

function readState(file: string): WindowState | undefined {
  try {
    const parsed = v.safeParse(stateSchema, JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

/** Enough of the window is in `area`, its title bar included. */
function holds(area: Rectangle, { x, y, width }: Rectangle): boolean {
  const visible = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
  return visible >= GRIP && y >= area.y && y <= area.y + area.height - GRIP;
}
