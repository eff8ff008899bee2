import { Field, Input, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import type { LogRow } from '../../../shared/log.ts';
import { MAX_LABEL, MAX_NOTE } from '../../../shared/marks.ts';
import { useApi } from '../../host/api-context.ts';
import { orNotify } from '../../host/notices-store.ts';
import { FormDialog } from '../../kit/controls/FormDialog.tsx';
import { formatInteger } from '../../kit/format/bytes.ts';

/** The user's note on a record. */
export function NoteDialog({ session, row, close }: { session: number; row: LogRow; close: () => void }) {
  const api = useApi();
  const { seq } = row;
  const [label, setLabel] = useState(row.mark ?? '');
  const [note, setNote] = useState(row.note ?? '');
  const submit = () => {
    // Text on a record marks it; a mark without text remains one.
    if (label !== (row.mark ?? '')) {
      void orNotify("Couldn't mark the record", api.setMark({ session, seq, label: label === '' ? null : label }));
    }
    const text = note.trim() === '' ? null : note;
    if (text !== row.note) void orNotify("Couldn't save the note", api.setNote({ session, seq, text }));
    close();
  };
  return (
    <FormDialog title={`Record #${formatInteger(seq)}`} action="Save" submit={submit} close={close}>
      <div className="note-fields">
        {' '}
        <Field label="Mark label">
          <Input value={label} maxLength={MAX_LABEL} onChange={(_, { value }) => setLabel(value)} />
        </Field>
        <Field label="Note">
          <Textarea value={note} maxLength={MAX_NOTE} rows={6} onChange={(_, { value }) => setNote(value)} />
        </Field>
      </div>{' '}
    </FormDialog>
  );
}
