import * as v from 'valibot';
import { create } from 'zustand';
import { DEFAULT_EVENT_C2S, DEFAULT_EVENT_S2C, DEFAULT_SECTION } from '../../shared/domain.ts';
import { objectNameSchema } from '../../shared/object-name.ts';
import { readStored, writeStored } from '../composer/stored.ts';

/** What this window does by itself; the host knows nothing of it. */
export const windowSettingsSchema = v.strictObject({
  /** What the dialog for a new session begins with. */
  section: objectNameSchema,
  eventS2c: objectNameSchema,
  eventC2s: objectNameSchema,
  /** Ask before a session is closed. */
  confirmClose: v.boolean(),
  /** Ask before a capture is deleted. */
  confirmDelete: v.boolean(),
});
export type WindowSettings = v.InferOutput<typeof windowSettingsSchema>;

export const DEFAULT_WINDOW_SETTINGS: WindowSettings = {
  section: DEFAULT_SECTION,
  eventS2c: DEFAULT_EVENT_S2C,
  eventC2s: DEFAULT_EVENT_C2S,
  confirmClose: false,
  confirmDelete: true,
};

const KEY = 'shmscope.window-settings';
const WHAT = "window's settings";

export const useWindowSettings = create<WindowSettings>(() =>
  readStored(KEY, windowSettingsSchema, WHAT, DEFAULT_WINDOW_SETTINGS),
);

export function setWindowSettings(part: Partial<WindowSettings>): void {
  useWindowSettings.setState(part);
  writeStored(KEY, useWindowSettings.getState(), WHAT);
}
