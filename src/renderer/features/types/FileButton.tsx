import { Button } from '@fluentui/react-components';
import { FolderOpen16Regular } from '@fluentui/react-icons';
import { useRef } from 'react';
import { MAX_TYPE_FILE_BYTES } from '../../../shared/type-files.ts';
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

/** Reads files of declarations that the user chooses. */
export function FileButton({ add, refuse, several = false }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button size="small" icon={<FolderOpen16Regular />} onClick={() => input.current?.click()}>
        {several ? 'Open files…' : 'Open a file…'}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Files of declarations"
        accept={ACCEPTED}
        multiple={several}
        onChange={(event) => {
          const element = event.currentTarget;
          void readFiles([...(element.files ?? [])], refuse).then((files) => {
            // The same file can be chosen again after it was changed.
            element.value = '';
            if (files.length > 0) add(files);
          });
        }}
      />
    </>
  );
}

/** Those that can be read; what can't is said. */
export async function readFiles(files: readonly File[], refuse: (message: string) => void): Promise<ChosenFile[]> {
  const read: ChosenFile[] = [];
  for (const file of files) {
    const found = await readTextFile(file, MAX_TYPE_FILE_BYTES);
    if (found.ok) read.push({ name: file.name, text: found.text });
    else refuse(`Couldn't read ${visibleText(file.name)}: ${found.message}`);
  }
  return read;
}
