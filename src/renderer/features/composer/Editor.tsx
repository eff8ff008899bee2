import type { RefObject } from 'react';
import type { Draft } from './draft.ts';
import { FieldsEditor } from './FieldsEditor.tsx';
import { FileField } from './FileField.tsx';
import { HexEditor } from './HexEditor.tsx';

interface Props {
  readonly session: number;
  readonly draft: Draft;
  readonly setDraft: (draft: Draft) => void;
  readonly refuse: (message: string) => void;
  readonly capacity: number;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly invalid: boolean;
  /** Id of what describes the field. */
  readonly note: string;
}

/** The field in which the message is written, depending on its mode. */
export function Editor({ session, draft, setDraft, refuse, capacity, field, invalid, note }: Props) {
  const write = (content: string) => setDraft({ ...draft, content });
  if (draft.mode === 'file')
    return (
      <FileField
        file={draft.file}
        capacity={capacity}
        choose={(file) => setDraft({ ...draft, file })}
        refuse={refuse}
      />
    );
  if (draft.mode === 'fields') return <FieldsEditor {...{ session, write }} content={draft.content} />;
  if (draft.mode === 'hex') return <HexEditor {...{ field, invalid, note, refuse, write, content: draft.content }} />;
  const json = draft.mode === 'json';
  return (
    <textarea
      ref={field}
      className="composer-field"
      aria-label={json ? 'Message as JSON' : 'Message as text'}
      aria-invalid={invalid}
      aria-describedby={note}
      placeholder={json ? '{"name": "value"}' : 'Message'}
      spellCheck={false}
      value={draft.content}
      onChange={(event) => write(event.target.value)}
    />
  );
}
