import { DataUsage16Regular } from '@fluentui/react-icons';
import type { Feature } from '../../view/feature.ts';
import { WatchPage } from './WatchPage.tsx';

export const watch: Feature = {
  page: {
    ...{ id: 'watch', label: 'Watch', icon: <DataUsage16Regular />, Page: WatchPage },
    ...{ title: 'Watch several sessions on one clock', keys: 'Alt+W' },
  },
};
