import type { Feature } from '../../view/feature.ts';
import { TimelinePane } from './TimelinePane.tsx';
import { runTriggers } from './trigger/run-triggers.ts';

export const timeline: Feature = {
  pane: { id: 'timeline', name: 'timeline', place: 'top', placeIn: { raw: null }, Pane: TimelinePane },
  follow: runTriggers,
};
