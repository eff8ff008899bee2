import type { Feature } from '../../view/feature.ts';
import { DetailsDialog } from './DetailsDialog.tsx';
import { closeDetails, useDetailed } from './details-store.ts';

export const discovery: Feature = {
  dialog: {
    name: 'channel details dialog',
    useAbout: () => useDetailed((state) => state.section),
    close: closeDetails,
    Dialog: DetailsDialog,
  },
};
