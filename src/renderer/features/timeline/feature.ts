import type { Feature } from '../../view/feature.ts';
import { TimelinePane } from './TimelinePane.tsx';

export const timeline: Feature = {
  pane: { id: 'timeline', name: 'timeline', place: 'top', placeIn: { raw: null }, Pane: TimelinePane },
};
