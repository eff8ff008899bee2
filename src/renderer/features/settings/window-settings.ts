import * as v from 'valibot';
import { DEFAULT_EVENT_C2S, DEFAULT_EVENT_S2C, DEFAULT_SECTION } from '../../../shared/domain.ts';
import { objectNameSchema } from '../../../shared/object-name.ts';
import { preference } from '../../host/storage/preference.ts';

/** What windows do by themselves; the host knows nothing about it. */
const windowSettingsSchema = v.strictObject({
  /** What the dialog for a new session starts with. */
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

export const useWindowSettings = preference<WindowSettings>(
  'window-settings',
  windowSettingsSchema,
  DEFAULT_WINDOW_SETTINGS,
);

export const setWindowSettings = (part: Partial<WindowSettings>): void => useWindowSettings.setState(part);
