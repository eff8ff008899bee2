import { create } from 'zustand';
import { type ThemeChoice, themeChoiceSchema } from '../../../shared/kept.ts';
import { preference } from '../../host/storage/preference.ts';

export { THEME_CHOICES, type ThemeChoice } from '../../../shared/kept.ts';
export const THEME_WORDS: Readonly<Record<ThemeChoice, string>> = {
  system: 'System',
  light: 'Light',
  dark: 'Dark',
};

const kept = preference<ThemeChoice>('theme', themeChoiceSchema, 'system');
const dark = window.matchMedia('(prefers-color-scheme: dark)');

const resolve = (choice: ThemeChoice): 'light' | 'dark' => {
  if (choice !== 'system') return choice;
  return dark.matches ? 'dark' : 'light';
};

interface ThemeState {
  readonly choice: ThemeChoice;
  readonly theme: 'light' | 'dark';
}

const stateOf = (choice: ThemeChoice): ThemeState => ({ choice, theme: resolve(choice) });

export const useTheme = create<ThemeState>(() => stateOf(kept.getState()));

const show = ({ theme }: ThemeState): void => {
  document.documentElement.dataset.theme = theme;
};
show(useTheme.getState());
useTheme.subscribe(show);
dark.addEventListener('change', () => useTheme.setState(({ choice }) => stateOf(choice)));

kept.subscribe((choice) => useTheme.setState(stateOf(choice)));

export const chooseTheme = (choice: ThemeChoice): void => kept.setState(choice);
