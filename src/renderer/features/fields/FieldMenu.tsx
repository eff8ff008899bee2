import { MenuDivider, MenuItem } from '@fluentui/react-components';
import { exclude, only } from '../../../shared/filter/filter.ts';
import type { Decoder } from '../../../shared/types/decoder.ts';
import { fieldsJson } from '../../../shared/types/field-json.ts';
import { useApi } from '../../host/api-context.ts';
import { orNotify } from '../../host/notices-store.ts';
import { MenuAt } from '../../kit/controls/MenuAt.tsx';
import { copyText } from '../../kit/format/clipboard.ts';
import { addFieldColumn, MOST_FIELDS, removeFieldColumn, useFieldColumns } from '../../view/field-columns.ts';
import { fieldTermOf } from '../../view/field-term.ts';
import { plainFieldText } from '../../view/field-text.ts';
import { useLogView } from '../../view/view-store.ts';
import { changeFilter } from '../log/relist.ts';
import { addTrack } from '../timeline/track-store.ts';
import { idOfField } from '../timeline/tracks/field.ts';
import type { FieldRow } from './field-rows.ts';

/** Where on the page a field's menu is opened. */
export interface FieldMenuPlace {
  readonly x: number;
  readonly y: number;
  readonly row: FieldRow;
}

interface Props {
  readonly session: number;
  readonly asHex: boolean;
  readonly decoder: Decoder;
  readonly place: FieldMenuPlace;
  readonly close: () => void;
}

/** What can be done with a field. */
export function FieldMenu({ session, asHex, decoder, place: { x, y, row }, close }: Props) {
  const { field, path } = row;
  const api = useApi();
  const columns = useFieldColumns(session);
  const { filter } = useLogView(session);
  const value = fieldTermOf(decoder, path, field);
  const filterBy = (next: string) => void changeFilter(api, session, next);
  const copy = (text: string) => void orNotify("Couldn't copy", copyText(text));
  return (
    <MenuAt place={{ x, y }} close={close}>
      {field.fields ? (
        <MenuItem onClick={() => copy(JSON.stringify(fieldsJson([field]), null, 2))}>Copy as JSON</MenuItem>
      ) : (
        <MenuItem secondaryContent="Ctrl+C" onClick={() => copy(plainFieldText(field, asHex))}>
          Copy value
        </MenuItem>
      )}
      <MenuItem onClick={() => copy(path)}>Copy path</MenuItem>
      {!field.fields && <MenuItem onClick={() => addTrack(idOfField({ path, lane: null }))}>Draw over time</MenuItem>}
      <MenuDivider />
      {value && (
        <>
          <MenuItem onClick={() => filterBy(only(filter, value.term))}>Only {value.label}</MenuItem>
          <MenuItem onClick={() => filterBy(exclude(filter, value.term))}>Exclude {value.label}</MenuItem>
        </>
      )}
      {columns.some((one) => one.path === path) ? (
        <MenuItem onClick={() => removeFieldColumn(session, path)}>Remove column</MenuItem>
      ) : (
        <MenuItem disabled={columns.length >= MOST_FIELDS} onClick={() => addFieldColumn(session, path)}>
          Show as column
        </MenuItem>
      )}
    </MenuAt>
  );
}
