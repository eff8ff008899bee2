import type { Feature } from '../../view/feature.ts';
import { Composer } from './Composer.tsx';

export const composer: Feature = {
  pane: {
    ...{ id: 'composer', name: 'composer', place: 'left', needs: 'send', first: 'textarea, input', Pane: Composer },
  },
};
