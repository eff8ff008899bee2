import { Field, Textarea } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { Result } from '../../../shared/failure.ts';
import type { ProgramInfo } from '../../../shared/peers.ts';
import { useApi } from '../../host/api-context.ts';
import { MonoField } from '../../kit/controls/MonoField.tsx';
import { PathInput } from '../../kit/controls/PathInput.tsx';
import { validation } from '../../kit/controls/validation.ts';
import { visibleText } from '../../kit/format/visible.ts';
import type { PeerFieldsProps } from './ChannelFields.tsx';
import { useSavedPeers } from './saved-peers.ts';

/** A program of the user's own: which, and its arguments. */
export function ProgramFields(props: PeerFieldsProps) {
  const { form, checked, change } = props;
  const areas = [
    { name: 'args', label: 'Arguments', hint: 'One per line, without quotes.' },
    {
      name: 'env',
      label: 'Environment',
      hint: 'One NAME=value per line, added to Shmscope’s own. NAME alone removes it.',
    },
  ] as const;
  const inputs = [
    { name: 'cwd', label: 'Working folder', hint: 'If empty, the folder of the program.' },
    {
      name: 'speaksOn',
      label: 'Section',
      hint: 'Of its channel, so that sessions on it show when it ends. Optional.',
    },
  ] as const;
  return (
    <>
      <FileField {...props} />
      {areas.map(({ name, label, hint }) => (
        <Field
          key={name}
          label={label}
          orientation="horizontal"
          className="wide-label"
          hint={hint}
          {...validation(checked, name)}
        >
          <Textarea
            className="mono"
            value={form[name]}
            spellCheck={false}
            onChange={(_, { value }) => change({ [name]: value })}
          />
        </Field>
      ))}
      {inputs.map(({ name, label, hint }) => (
        <MonoField
          key={name}
          label={label}
          hint={hint}
          value={form[name]}
          change={(value) => change({ [name]: value })}
          {...validation(checked, name)}
        />
      ))}
    </>
  );
}

function FileField({ form, checked, change }: PeerFieldsProps) {
  const found = useProgram(checked.start?.kind === 'program' ? checked.start.file : null);
  const files = useSavedPeers((saved) =>
    saved.flatMap(({ start }) => (start.kind === 'program' ? start.file : [])).join('\n'),
  );
  const state = found === null ? {} : found.ok ? isGood(found.value) : isBad(found.failure.message);
  return (
    <Field
      label="Executable"
      orientation="horizontal"
      className="wide-label"
      {...(form.file.trim() === '' ? {} : validation(checked, 'file'))}
      {...state}
    >
      <PathInput
        kind="program"
        label="Executable"
        value={form.file}
        known={files.split('\n')}
        change={(file) => change({ file })}
      />
    </Field>
  );
}

const isGood = (info: ProgramInfo) => ({ validationState: 'success', validationMessage: programWords(info) }) as const;
const isBad = (message: string) => ({ validationState: 'error', validationMessage: visibleText(message) }) as const;

const FORMATS = { pe: 'Windows program', elf: 'Linux program', 'mach-o': 'macOS program', script: 'Script' } as const;

/** "64-bit Windows program". */
const programWords = ({ format, bits }: ProgramInfo): string =>
  bits === null ? `${FORMATS[format]}; its bitness is known when it runs` : `${bits}-bit ${FORMATS[format]}`;

/** ms without a keystroke before the file is checked. */
const REST_MS = 250;

/** What its file says, requested once typing stops; null while unknown. */
function useProgram(file: string | null): Result<ProgramInfo> | null {
  const api = useApi();
  const [answer, setAnswer] = useState<{ readonly file: string; readonly result: Result<ProgramInfo> } | null>(null);
  useEffect(() => {
    if (file === null) return;
    let wanted = true;
    const ask = async () => {
      const result = await api.inspectProgram(file);
      if (wanted) setAnswer({ file, result });
    };
    const timer = setTimeout(() => void ask(), REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [api, file]);
  return answer !== null && answer.file === file ? answer.result : null;
}
