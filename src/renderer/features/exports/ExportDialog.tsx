import { Checkbox, Field, Radio, RadioGroup } from '@fluentui/react-components';
import { useState } from 'react';
import { EXPORT_FORMATS, type ExportFormat, type ExportScope } from '../../../shared/export.ts';
import type { Failure, Result } from '../../../shared/failure.ts';
import type { EncodingChoice } from '../../../shared/text/encodings.ts';
import { useApi } from '../../host/api-context.ts';
import { useSession } from '../../host/host-store.ts';
import { FormDialog } from '../../kit/controls/FormDialog.tsx';
import { useEncoding } from '../../kit/encoding/channel-encodings.ts';
import { EncodingSelect } from '../../kit/encoding/EncodingSelect.tsx';
import { plural } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { lengthOf } from '../../view/ranges.ts';
import { selectedRecords } from '../../view/selected-records.ts';
import { useSessionTypes } from '../../view/types-store.ts';
import { useLogView, viewOf } from '../../view/view-store.ts';
import { closeExport, useExport } from './export-store.ts';
import { excelSeparator, FORMAT_WORDS, selectionWords } from './words.ts';
import './exports.css';

export function ExportDialog() {
  const session = useExport((state) => state.session);
  return session !== null && <ExportForm session={session} />;
}

/** Which records, and in which format. The resulting job is shown in the top bar. */
function ExportForm({ session }: { session: number }) {
  const api = useApi();
  const { filter, resolved, picked, row } = useLogView(session);
  const records = useSession(session, (s) => s.committed) ?? 0;
  const name = useSession(session, (s) => s.section) ?? '';
  const count = lengthOf(picked);
  const asked = useExport((state) => state.what);
  const [what, setWhat] = useState(asked ?? likely(filter, count));
  const [format, setFormat] = useState<ExportFormat>('jsonl');
  const [separator, setSeparator] = useState(() => excelSeparator());
  const read = useEncoding(session);
  const [encoding, setEncoding] = useState<EncodingChoice>(read === 'auto' ? 'utf-8' : read);
  const [fields, setFields] = useState(false);
  const canHaveFields = useHasTypes(session) && FORMAT_WORDS[format].hasFields === true;
  const [failure, setFailure] = useState<Failure | null>(null);

  const scope = async (): Promise<Result<ExportScope>> => {
    if (what !== 'selection')
      return { ok: true, value: what === 'filter' ? { what, filter: resolved, encoding: read } : { what } };
    const ranges = await selectedRecords(api, session, viewOf(session));
    return ranges.ok ? { ok: true, value: { what, filter: resolved, encoding: read, ranges: ranges.value } } : ranges;
  };
  const submit = async () => {
    const chosen = await scope();
    const result = chosen.ok
      ? await api.startExport({
          ...{ session, scope: chosen.value, format, encoding },
          ...(format === 'excel' && { separator }),
          ...(canHaveFields && fields && { fields }),
        })
      : chosen;
    if (result.ok) closeExport();
    else setFailure(result.failure);
  };
  return (
    <FormDialog title="Export" action="Export" className="export" submit={submit} close={closeExport}>
      <div className="export-content">
        <p className="foreign calm">{visibleText(name)}</p>
        <Field label="Records">
          <RadioGroup value={what} onChange={(_, { value }) => setWhat(value as ExportScope['what'])}>
            <Radio value="everything" label={`Everything, ${plural(records, 'record')}`} />
            <Radio
              value="filter"
              disabled={filter === ''}
              label={filter === '' ? 'Filtered records (no filter set)' : `Records matching ${visibleText(filter)}`}
            />
            <Radio value="selection" disabled={count === 0} label={selectionWords(count, row)} />
          </RadioGroup>
        </Field>
        <Field label="Format">
          <RadioGroup value={format} onChange={(_, { value }) => setFormat(value as ExportFormat)}>
            {EXPORT_FORMATS.map((value) => (
              <Radio
                key={value}
                value={value}
                label={
                  <>
                    <b>{FORMAT_WORDS[value].label}</b> <span className="calm">{FORMAT_WORDS[value].hint}</span>
                  </>
                }
              />
            ))}
          </RadioGroup>
        </Field>
        {format === 'excel' && (
          <Field label="Separator" hint="Excel expects the separator of the system's region, which is the default.">
            <RadioGroup
              layout="horizontal"
              value={separator}
              onChange={(_, { value }) => setSeparator(value as typeof separator)}
            >
              <Radio value="," label="Comma" />
              <Radio value=";" label="Semicolon" />
            </RadioGroup>
          </Field>
        )}
        {format !== 'hex' && (
          <Field
            label="Payload encoding"
            hint="Payloads in other encodings are written as hex. The file itself is UTF-8."
          >
            <EncodingSelect
              label="Payload encoding"
              hint="Payload encoding"
              value={encoding}
              choose={setEncoding}
              autoWords="Auto: UTF-8, or UTF-16 where a payload clearly is UTF-16"
            />
          </Field>
        )}
        {canHaveFields && (
          <Field hint={format === 'jsonl' ? 'As an object in each message.' : 'As a column for each of them.'}>
            <Checkbox
              checked={fields}
              onChange={(_, { checked }) => setFields(checked === true)}
              label="Fields of declared types"
            />
          </Field>
        )}
        {failure && <FailureMessage title="Couldn't start the export" failure={failure} />}
      </div>{' '}
    </FormDialog>
  );
}

/** Whether a declared type is bound to the session's channel. */
const useHasTypes = (session: number): boolean => (useSessionTypes(session)?.bindings.length ?? 0) > 0;

/** A selection of several rows is meant. */
function likely(filter: string, selected: number): ExportScope['what'] {
  if (selected > 1) return 'selection';
  return filter === '' ? 'everything' : 'filter';
}
