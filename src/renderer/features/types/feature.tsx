import { Braces16Regular } from '@fluentui/react-icons';
import type { Feature } from '../../view/feature.ts';
import { followTypes } from '../../view/types-store.ts';
import { DecodeDialog } from './DecodeDialog.tsx';
import { decodeAs, useDecodeAs } from './decode-store.ts';
import { TypesPage } from './TypesPage.tsx';

export const types: Feature = {
  page: {
    ...{ id: 'types', label: 'Declared types', icon: <Braces16Regular />, Page: TypesPage },
    ...{ title: 'Show the declared types', keys: 'Alt+Y' },
  },
  dialog: {
    name: 'decode as dialog',
    useAbout: () => useDecodeAs((state) => state.about),
    close: () => decodeAs(null),
    Dialog: DecodeDialog,
  },
  follow: followTypes,
};
