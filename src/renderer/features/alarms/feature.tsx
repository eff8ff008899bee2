import { Alert16Regular } from '@fluentui/react-icons';
import type { Feature } from '../../view/feature.ts';
import { AlarmsPage } from './AlarmsPage.tsx';
import { followAlarms } from './follow-alarms.ts';

export const alarms: Feature = {
  page: {
    ...{ id: 'alarms', label: 'Alarms', icon: <Alert16Regular />, Page: AlarmsPage },
    ...{ title: 'Show alarms', keys: 'Ctrl+Shift+A' },
  },
  follow: followAlarms,
};
