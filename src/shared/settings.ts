import * as v from 'valibot';
import { integer } from './domain.ts';

const MIB = 1024 * 1024;

export const settingsSchema = v.strictObject({
  retention: v.strictObject({
    /** Bytes that all captures may take together; null: no limit. */
    maxBytes: v.nullable(integer('The size limit', 16 * MIB, 1024 * 1024 * MIB)),
    /** Days after which records are removed; null: never. */
    maxAgeDays: v.nullable(integer('The age limit', 1, 3650)),
  }),
});
export type Settings = v.InferOutput<typeof settingsSchema>;

export const DEFAULT_SETTINGS: Settings = { retention: { maxBytes: 2 * 1024 * MIB, maxAgeDays: null } };

export interface SettingsState {
  readonly settings: Settings;
  /** Why they aren't what was stored, or could not be stored, as a sentence; null if all is well. */
  readonly problem: string | null;
}
