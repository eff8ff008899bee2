import { Archive16Regular } from '@fluentui/react-icons';
import type { Feature } from '../../view/feature.ts';
import { CapturesPage } from './CapturesPage.tsx';

export const captures: Feature = {
  page: {
    ...{ id: 'captures', label: 'Captures', icon: <Archive16Regular />, Page: CapturesPage },
    ...{ title: 'Show captures', keys: 'Ctrl+O' },
  },
};
