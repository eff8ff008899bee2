import type { Feature } from '../../view/feature.ts';
import { RawPane } from './RawPane.tsx';

export const raw: Feature = {
  pane: {
    ...{ id: 'raw', name: 'bytes', place: 'main', needs: 'inspect', Pane: RawPane },
    first: '.hex-view',
  },
};
