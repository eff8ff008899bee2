import { type BrandVariants, createDarkTheme, createLightTheme, type Theme } from '@fluentui/react-components';

const brand: BrandVariants = {
  10: '#010609',
  20: '#04202d',
  30: '#06303f',
  40: '#073c50',
  50: '#084860',
  60: '#095470',
  70: '#0a5f80',
  80: '#0b6a8f',
  90: '#1d6f91',
  100: '#2f85aa',
  110: '#4399bf',
  120: '#5cb8dc',
  130: '#7fc9e6',
  140: '#a3d9ee',
  150: '#c6e8f5',
  160: '#e6f5fb',
};

/** Fluent's components in our own tokens, so that one set of custom properties colours the whole window. */
const own: Partial<Theme> = {
  fontFamilyBase: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizeBase300: '13px',
  lineHeightBase300: '18px',
  colorNeutralForeground1: 'var(--ink)',
  colorNeutralForeground2: 'var(--ink)',
  colorNeutralForeground3: 'var(--dim)',
  colorNeutralForeground4: 'var(--dim)',
  colorNeutralBackground1: 'var(--pane)',
  colorNeutralBackground1Hover: 'var(--hover)',
  colorNeutralStroke1: 'var(--line)',
  colorNeutralStroke2: 'var(--line)',
  colorNeutralStrokeAccessible: 'var(--line-strong)',
  colorBrandBackground: 'var(--brand-fill)',
  colorBrandBackgroundHover: 'var(--brand-fill-hover)',
  colorBrandForeground1: 'var(--brand)',
  colorCompoundBrandStroke: 'var(--brand)',
  colorCompoundBrandBackground: 'var(--brand-fill)',
  colorCompoundBrandForeground1: 'var(--brand)',
  colorPaletteRedForeground1: 'var(--bad)',
  colorPaletteRedBorder2: 'var(--bad)',
  colorStatusDangerForeground1: 'var(--bad)',
  colorStatusDangerForeground3: 'var(--bad)',
  colorStatusDangerBackground1: 'var(--bad-bg)',
  colorStatusDangerBorder1: 'var(--bad-line)',
};

export const fluentThemes: Readonly<Record<'light' | 'dark', Theme>> = {
  light: { ...createLightTheme(brand), ...own },
  dark: { ...createDarkTheme(brand), ...own },
};
