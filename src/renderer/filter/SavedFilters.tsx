import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
} from '@fluentui/react-components';
import { Delete16Regular } from '@fluentui/react-icons';
import { type FormEvent, useState } from 'react';
import { visibleText } from '../format/visible.ts';
import { forgetFilter, MAX_FILTER_NAME, saveFilter, useFilters } from './filter-store.ts';

/** Gives the filter that is shown a name, and forgets others. */
export function SavedFilters({ applied, close }: { applied: string; close: () => void }) {
  const saved = useFilters((state) => state.saved);
  const [name, setName] = useState('');
  const wanted = name.trim();
  const replaces = saved.some((each) => each.name === wanted);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wanted === '') return;
    saveFilter(wanted, applied);
    close();
  };
  return (
    <Dialog open onOpenChange={(_, { open }) => open || close()}>
      <DialogSurface>
        <form onSubmit={submit}>
          <DialogBody>
            <DialogTitle>Saved filters</DialogTitle>
            <DialogContent className="saved-filters">
              {applied.trim() === '' ? (
                <p>Nothing is filtered now. Write a filter first to save it.</p>
              ) : (
                <Field
                  label="Name"
                  hint={visibleText(applied)}
                  {...(replaces && {
                    validationState: 'warning',
                    validationMessage: 'The filter of this name is replaced.',
                  })}
                >
                  <Input value={name} maxLength={MAX_FILTER_NAME} onChange={(_, { value }) => setName(value)} />
                </Field>
              )}
              <ul aria-label="Saved filters">
                {saved.map((each) => (
                  <li key={each.name}>
                    <span className="saved-name">{visibleText(each.name)}</span>
                    <code title={visibleText(each.text)}>{visibleText(each.text)}</code>
                    <Button
                      size="small"
                      appearance="subtle"
                      icon={<Delete16Regular />}
                      aria-label={`Forget ${visibleText(each.name)}`}
                      title="Forget"
                      onClick={() => forgetFilter(each.name)}
                    />
                  </li>
                ))}
              </ul>
            </DialogContent>
            <DialogActions>
              <Button onClick={close}>Close</Button>
              <Button type="submit" appearance="primary" disabled={wanted === '' || applied.trim() === ''}>
                Save
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
