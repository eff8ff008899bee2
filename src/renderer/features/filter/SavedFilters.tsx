import { Field, Input } from '@fluentui/react-components';
import { Delete16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { FormDialog } from '../../kit/controls/FormDialog.tsx';
import { IconButton } from '../../kit/controls/IconButton.tsx';
import { visibleText } from '../../kit/format/visible.ts';
import { forgetFilter, MAX_FILTER_NAME, saveFilter, useFilters } from './filter-store.ts';

/** Gives the filter that is shown a name, and forgets others. */
export function SavedFilters({ applied, close }: { applied: string; close: () => void }) {
  const saved = useFilters((state) => state.saved);
  const [name, setName] = useState('');
  const wanted = name.trim();
  const replaces = saved.some((each) => each.name === wanted);
  const submit = () => {
    saveFilter(wanted, applied);
    close();
  };
  return (
    <FormDialog
      title="Saved filters"
      action="Save"
      leave="Close"
      disabled={wanted === '' || applied.trim() === ''}
      submit={submit}
      close={close}
    >
      {applied.trim() === '' ? (
        <p>No filter is set. Enter one to save it.</p>
      ) : (
        <Field
          label="Name"
          hint={visibleText(applied)}
          {...(replaces && {
            validationState: 'warning',
            validationMessage: 'This replaces the saved filter with the same name.',
          })}
        >
          <Input value={name} maxLength={MAX_FILTER_NAME} onChange={(_, { value }) => setName(value)} />
        </Field>
      )}
      <ul className="saved-filters" aria-label="Saved filters">
        {saved.map((each) => (
          <li key={each.name}>
            <span className="saved-name">{visibleText(each.name)}</span>
            <code title={visibleText(each.text)}>{visibleText(each.text)}</code>
            <IconButton
              icon={<Delete16Regular />}
              label={`Delete ${visibleText(each.name)}`}
              hint="Delete"
              onClick={() => forgetFilter(each.name)}
            />
          </li>
        ))}
      </ul>
    </FormDialog>
  );
}
