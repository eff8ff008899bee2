import { Button } from '@fluentui/react-components';
import { printResponder } from '../../../shared/responder/read.ts';
import { MAX_RESPONDER_BYTES, type ResponderRules } from '../../../shared/responder/schema.ts';
import { notify } from '../../host/notices-store.ts';
import { FilePicker } from '../../kit/controls/FilePicker.tsx';
import { download } from '../../kit/format/download.ts';
import { readTextFile } from '../../kit/format/text-file.ts';
import { visibleText } from '../../kit/format/visible.ts';

interface Props {
  readonly rules: ResponderRules | null;
  readonly load: (text: string) => void;
}

/** Rules are files that can be shared. */
export function FileButtons({ rules, load }: Props) {
  const take = async ([file]: readonly File[]) => {
    if (!file) return;
    const read = await readTextFile(file, MAX_RESPONDER_BYTES);
    if (read.ok) load(read.text);
    else notify(`Couldn't read ${visibleText(file.name)}`, { code: 'invalid-argument', message: read.message });
  };
  return (
    <span className="responder-files">
      <FilePicker size="small" label="Rules file" accept=".yaml,.yml" take={take}>
        Load…
      </FilePicker>
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
