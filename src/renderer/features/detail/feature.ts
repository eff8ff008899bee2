import type { Feature } from '../../view/feature.ts';
import { DetailPane } from './DetailPane.tsx';

export const detail: Feature = {
  pane: {
    ...{ id: 'detail', name: 'selected record', place: 'right', Pane: DetailPane },
    first: '[role="tab"][aria-selected="true"], button',
    about: ({ row }) => row?.seq,
  },
};
