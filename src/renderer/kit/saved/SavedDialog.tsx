import { Field, type FieldProps, Input } from '@fluentui/react-components';
import { Delete16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { FormDialog } from '../controls/FormDialog.tsx';
import { IconButton } from '../controls/IconButton.tsx';
import { visibleText } from '../format/visible.ts';
import { MAX_SAVED, MAX_SAVED_NAME } from './saved.ts';
import './saved.css';

interface Props {
  /** In the plural, such as "filters". */
  readonly what: string;
  /** What can be saved, in words; null if nothing, and `nothing` says why. */
  readonly current: string | null;
  readonly nothing: string;
  readonly suggested?: string;
  readonly entries: readonly { readonly name: string; readonly note: string }[];
  readonly save: (name: string) => void;
  readonly forget: (name: string) => void;
  readonly close: () => void;
}

/** Saves what is shown under a name, and deletes saved ones. */
export function SavedDialog({ what, current, nothing, suggested = '', entries, save, forget, close }: Props) {
  const [name, setName] = useState(suggested);
  const wanted = name.trim();
  const replaces = entries.some((each) => each.name === wanted);
  const isFull = entries.length >= MAX_SAVED && !replaces;
  return (
    <FormDialog
      title={`Saved ${what}`}
      action="Save"
      leave="Close"
      disabled={wanted === '' || current === null || isFull}
      submit={() => {
        save(wanted);
        close();
      }}
      close={close}
    >
      {current === null ? (
        <p>{nothing}</p>
      ) : (
        <Field label="Name" hint={current} {...caution(replaces, isFull)}>
          <Input value={name} maxLength={MAX_SAVED_NAME} onChange={(_, { value }) => setName(value)} />
        </Field>
      )}
      <ul className="saved" aria-label={`Saved ${what}`}>
        {entries.map((each) => (
          <li key={each.name}>
            <span className="foreign">{visibleText(each.name)}</span>
            <span className="saved-note" title={each.note}>
              {each.note}
            </span>
            <IconButton
              icon={<Delete16Regular />}
              label={`Delete ${visibleText(each.name)}`}
              hint="Delete"
              onClick={() => forget(each.name)}
            />
          </li>
        ))}
      </ul>
    </FormDialog>
  );
}

function caution(replaces: boolean, isFull: boolean): Partial<FieldProps> {
  if (replaces)
    return { validationState: 'warning', validationMessage: 'This replaces what is saved under that name.' };
  const full = `${MAX_SAVED} are saved, which is the maximum. Delete one first.`;
  return isFull ? { validationState: 'error', validationMessage: full } : {};
}
