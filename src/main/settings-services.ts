import type { Services } from '../shared/api.ts';
import type { KeptStore } from './kept.ts';
import type { SettingsStore } from './settings.ts';

/** @param onSet the settings have changed */
export const settingsServices = (settings: SettingsStore, kept: KeptStore, onSet: () => void) =>
  ({
    settings: () => settings.state,
    setSettings: (next) => {
      settings.set(next);
      onSet();
      return settings.state;
    },
    kept: (key) => kept.get(key),
    keep: (key, bytes) => kept.keep(key, bytes),
    setAsideKept: (key, version) => kept.setAside(key, version),
  }) satisfies Partial<Services>;
