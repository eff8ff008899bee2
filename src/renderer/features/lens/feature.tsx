import { Glasses16Regular } from '@fluentui/react-icons';
import type { Feature } from '../../view/feature.ts';
import { LensPage } from './LensPage.tsx';

export const lens: Feature = {
  page: {
    ...{ id: 'lens', label: 'Layout lens', icon: <Glasses16Regular />, Page: LensPage },
    ...{ title: 'Show the layout lens', keys: 'Alt+L' },
  },
};
