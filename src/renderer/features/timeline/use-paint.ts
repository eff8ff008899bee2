import { useMemo } from 'react';
import { useTheme } from '../../kit/theme/theme-store.ts';
import { useMedia } from '../../kit/theme/use-media.ts';
import { type Paint, paintOf } from './paint.ts';

/** The theme's colours, read from the page once. */
export function usePaint(): Paint {
  const theme = useTheme((state) => state.theme);
  const forced = useMedia('(forced-colors: active)');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page's colours follow from them
  return useMemo(() => paintOf(document.documentElement), [theme, forced]);
}
