import { Beaker16Regular } from '@fluentui/react-icons';
import type { Feature } from '../../view/feature.ts';
import { LabPage } from './LabPage.tsx';

export const lab: Feature = {
  page: {
    ...{ id: 'lab', label: 'Lab', icon: <Beaker16Regular />, Page: LabPage },
    ...{ title: 'Show the lab', keys: 'Alt+B' },
  },
};
