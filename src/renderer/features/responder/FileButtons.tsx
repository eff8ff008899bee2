import { Button } from '@fluentui/react-components';
import { useRef } from 'react';
import { printResponder } from '../../../shared/responder/read.ts';
import { MAX_RESPONDER_BYTES, type ResponderRules } from '../../../shared/responder/schema.ts';
import { notify } from '../../host/notices-store.ts';
import { download } from '../../kit/format/download.ts';
import { readTextFile } from '../../kit/format/text-file.ts';
import { visibleText } from '../../kit/format/visible.ts';

interface Props {
  readonly rules: ResponderRules | null;
  readonly load: (text: string) => void;
}

/** Rules are files that can be shared. */
export function FileButtons({ rules, load }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined) => {
    if (!file) return;
    const read = await readTextFile(file, MAX_RESPONDER_BYTES);
    if (read.ok) load(read.text);
    else notify(`Couldn't read ${visibleText(file.name)}`, { code: 'invalid-argument', message: read.message });
  };
  return (
    <span className="responder-files">
      <input
        ref={input}
        type="file"
        accept=".yaml,.yml"
        aria-label="File of rules"
        hidden
        onChange={(event) => {
          const chosen = event.currentTarget;
          void take(chosen.files?.[0]).then(() => {
            chosen.value = '';
          });
        }}
      />
      <Button size="small" onClick={() => input.current?.click()}>
        Load…
      </Button>
      <Button
        size="small"
        disabledFocusable={rules === null || rules.rules.length === 0}
        onClick={() => rules && download(printResponder(rules), 'answers.yaml', 'application/yaml')}
      >
        Save as file
      </Button>
    </span>
  );
}
