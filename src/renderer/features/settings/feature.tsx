import { Settings16Regular } from '@fluentui/react-icons';
import type { Feature } from '../../view/feature.ts';
import { SettingsPage } from './SettingsPage.tsx';

export const settings: Feature = {
  page: {
    ...{ id: 'settings', label: 'Settings', icon: <Settings16Regular />, Page: SettingsPage },
    ...{ title: 'Show settings', keys: 'Ctrl+,' },
  },
};
