import { create } from 'zustand';
import { onStored } from '../storage/stored-store.ts';

export const THEME_CHOICES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];
export const THEME_WORDS: Readonly<Record<ThemeChoice, string>> = {
  system: 'Like the system',
  light: 'Light',
  dark: 'Dark',
};

const KEY = 'shmscope.theme';
const dark = window.matchMedia('(prefers-color-scheme: dark)');

const remembered = (): ThemeChoice => THEME_CHOICES.find((choice) => choice === localStorage.getItem(KEY)) ?? 'system';
const resolve = (choice: ThemeChoice): 'light' | 'dark' => {
  if (choice !== 'system') return choice;
  return dark.matches ? 'dark' : 'light';
};

interface ThemeState {
  readonly choice: ThemeChoice;
  readonly theme: 'light' | 'dark';
}

export const useTheme = create<ThemeState>(() => ({ choice: remembered(), theme: resolve(remembered()) }));

const show = ({ theme }: ThemeState): void => {
  document.documentElement.dataset.theme = theme;
};
show(useTheme.getState());
useTheme.subscribe(show);
dark.addEventListener('change', () => useTheme.setState(({ choice }) => ({ theme: resolve(choice) })));

onStored(KEY, () => {
  const choice = remembered();
  useTheme.setState({ choice, theme: resolve(choice) });
});

export function chooseTheme(choice: ThemeChoice): void {
  localStorage.setItem(KEY, choice);
  useTheme.setState({ choice, theme: resolve(choice) });
}
