import { Menu, MenuDivider, MenuItem, MenuList, MenuPopover } from '@fluentui/react-components';
import { fieldsJson } from '../../../shared/types/field-json.ts';
import { orNotify } from '../../host/notices-store.ts';
import { copyText } from '../../kit/format/clipboard.ts';
import { addFieldColumn, MOST_FIELDS, removeFieldColumn, useFieldColumns } from '../../view/field-columns.ts';
import { plainFieldText } from '../../view/field-text.ts';
import type { FieldRow } from './field-rows.ts';

/** Where on the page the menu of a field is opened. */
export interface FieldMenuPlace {
  readonly x: number;
  readonly y: number;
  readonly row: FieldRow;
}

interface Props {
  readonly session: number;
  readonly asHex: boolean;
  readonly place: FieldMenuPlace;
  readonly close: () => void;
}

/** What can be done with a field. */
export function FieldMenu({ session, asHex, place: { x, y, row }, close }: Props) {
  const { field, path } = row;
  const columns = useFieldColumns(session);
  const target = { getBoundingClientRect: () => new DOMRect(x, y, 0, 0) };
  const copy = (text: string) => void orNotify("Couldn't copy", copyText(text));
  return (
    <Menu
      open
      onOpenChange={(_, { open }) => open || close()}
      positioning={{ target, position: 'below', align: 'start' }}
    >
      <MenuPopover>
        <MenuList>
          {field.fields ? (
            <MenuItem onClick={() => copy(JSON.stringify(fieldsJson([field]), null, 2))}>Copy as JSON</MenuItem>
          ) : (
            <MenuItem secondaryContent="Ctrl+C" onClick={() => copy(plainFieldText(field, asHex))}>
              Copy value
            </MenuItem>
          )}
          <MenuItem onClick={() => copy(path)}>Copy path</MenuItem>
          <MenuDivider />
          {columns.some((one) => one.path === path) ? (
            <MenuItem onClick={() => removeFieldColumn(session, path)}>Remove column</MenuItem>
          ) : (
            <MenuItem disabled={columns.length >= MOST_FIELDS} onClick={() => addFieldColumn(session, path)}>
              Show as column
            </MenuItem>
          )}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
