import type { Feature } from '../../view/feature.ts';
import { LogPane } from './LogPane.tsx';

export const log: Feature = {
  pane: {
    ...{ id: 'log', name: 'log', place: 'main', first: '.log-grid', Pane: LogPane },
    placeIn: { raw: 'left' },
    about: ({ filter }) => filter,
  },
};
