import { type Feature, USABLE } from '../../view/feature.ts';
import { Header } from './Header.tsx';

export const header: Feature = {
  pane: { id: 'header', name: 'session header', place: 'top', first: USABLE, Pane: Header },
};
