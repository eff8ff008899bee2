import type { Feature } from '../../view/feature.ts';
import { useSelection } from '../../view/selection-store.ts';
import { ExportDialog } from './ExportDialog.tsx';
import { closeExport, exportSession, useExport } from './export-store.ts';
import { chooseImport } from './import.ts';

const selected = () => useSelection.getState().id;

function exportSelected(): void {
  const id = selected();
  if (id !== null) exportSession(id);
}

export const exports: Feature = {
  commands: (api) => [
    {
      ...{ id: 'export', title: 'Export log…', group: 'Sessions', keys: 'Ctrl+S' },
      run: exportSelected,
      when: () => selected() !== null,
    },
    { id: 'import', title: 'Import log…', group: 'Captures', keys: 'Ctrl+I', run: () => chooseImport(api) },
  ],
  dialog: {
    name: 'export dialog',
    useAbout: () => useExport((state) => state.session),
    close: closeExport,
    Dialog: ExportDialog,
  },
};
