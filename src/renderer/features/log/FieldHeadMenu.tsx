import { MenuItem } from '@fluentui/react-components';
import { orNotify } from '../../host/notices-store.ts';
import { MenuAt } from '../../kit/controls/MenuAt.tsx';
import { copyText } from '../../kit/format/clipboard.ts';
import { removeFieldColumn } from '../../view/field-columns.ts';

export interface FieldHeadPlace {
  readonly x: number;
  readonly y: number;
  readonly path: string;
}

interface Props {
  readonly session: number;
  readonly place: FieldHeadPlace;
  readonly close: () => void;
}

/** What can be done with a field's column; the columns menu does the same by keyboard. */
export function FieldHeadMenu({ session, place: { x, y, path }, close }: Props) {
  return (
    <MenuAt place={{ x, y }} close={close}>
      <MenuItem onClick={() => removeFieldColumn(session, path)}>Remove column</MenuItem>
      <MenuItem onClick={() => orNotify("Couldn't copy", copyText(path))}>Copy path</MenuItem>
    </MenuAt>
  );
}
