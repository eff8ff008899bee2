import type { Feature } from '../../view/feature.ts';
import { ReplayPane } from './ReplayPane.tsx';

export const replayProgress: Feature = {
  pane: { id: 'replay', name: 'replay', place: 'top', needs: 'send', first: 'button', Pane: ReplayPane },
};
