import { FolderOpen16Regular } from '@fluentui/react-icons';
import { MAX_TYPE_FILE_BYTES } from '../../../shared/type-files.ts';
import { FilePicker } from '../../kit/controls/FilePicker.tsx';
import { readTextFile } from '../../kit/format/text-file.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { ACCEPTED } from './file-names.ts';

export interface ChosenFile {
  readonly name: string;
  readonly text: string;
}

interface Props {
  readonly add: (files: readonly ChosenFile[]) => void;
  readonly refuse: (message: string) => void;
  readonly several?: boolean;
}

/** Reads declaration files that the user chooses. */
export function FileButton({ add, refuse, several = false }: Props) {
  return (
    <FilePicker
      size="small"
      icon={<FolderOpen16Regular />}
      label="Declaration files"
      accept={ACCEPTED}
      multiple={several}
      take={async (chosen) => {
        const files = await readFiles(chosen, refuse);
        if (files.length > 0) add(files);
      }}
    >
      {several ? 'Open files…' : 'Open a file…'}
    </FilePicker>
  );
}

/** Those that can be read; the others are reported. */
export async function readFiles(files: readonly File[], refuse: (message: string) => void): Promise<ChosenFile[]> {
  const read: ChosenFile[] = [];
  for (const file of files) {
    // Comments in older headers are often in a Windows code page.
    const found = await readTextFile(file, MAX_TYPE_FILE_BYTES, 'windows-1252');
    if (found.ok) read.push({ name: file.name, text: found.text });
    else refuse(`Couldn't read ${visibleText(file.name)}: ${found.message}`);
  }
  return read;
}
