import { Combobox, Field, Option, Select } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import { LANES, type Lane } from '../../../../shared/domain.ts';
import { MAX_FIELD_PATH } from '../../../../shared/field-plot.ts';
import { LANE_VIEW_WORDS } from '../../../../shared/session-kind.ts';
import { hasFolded } from '../../../../shared/text/fold.ts';
import { FormDialog } from '../../../kit/controls/FormDialog.tsx';
import { useSessionTypes } from '../../../view/types-store.ts';
import { addTrack } from '../track-store.ts';
import { idOfField } from '../tracks/field.ts';
import { drawableFields } from './drawable.ts';

/** The most fields that the list offers; typing narrows them. */
const OFFERED = 100;

/** Chooses a field of a declared type to be drawn over time. */
export function FieldDialog({ session, close }: { session: number; close: () => void }) {
  const types = useSessionTypes(session);
  const known = useMemo(() => (types ? drawableFields(types) : []), [types]);
  const [path, setPath] = useState('');
  const [lane, setLane] = useState<Lane | null>(null);
  const wanted = path.trim();
  const offered = known.filter((field) => hasFolded(field.path, wanted)).slice(0, OFFERED);
  const isBound = types === undefined || types.bindings.length > 0;
  return (
    <FormDialog
      title="Draw a field"
      action="Draw"
      disabled={wanted === ''}
      submit={() => {
        addTrack(idOfField({ path: wanted, lane }));
        close();
      }}
      close={close}
    >
      <div className="field-form">
        {!isBound && (
          <p className="field-hint">
            No message of this session has a declared type. Bind one to its channel first, on the page Types.
          </p>
        )}
        <Field label="Field" hint="Its path in the message, such as price or order.legs[2].price">
          <Combobox
            freeform
            autoFocus
            value={path}
            maxLength={MAX_FIELD_PATH}
            onChange={({ target }) => setPath(target.value)}
            onOptionSelect={(_event, { optionValue }) => setPath(optionValue ?? '')}
          >
            {offered.map(({ path: each, type }) => (
              <Option key={each} value={each} text={each}>
                <span className="foreign">{each}</span> <span className="field-type foreign">{type}</span>
              </Option>
            ))}
          </Combobox>
        </Field>
        <Field label="Messages">
          <Select
            value={lane ?? ''}
            onChange={(_event, { value }) => setLane(LANES.find((each) => each === value) ?? null)}
          >
            <option value="">both directions</option>
            {LANES.map((each) => (
              <option key={each} value={each}>
                {LANE_VIEW_WORDS[each]}
              </option>
            ))}
          </Select>
        </Field>
      </div>
    </FormDialog>
  );
}
