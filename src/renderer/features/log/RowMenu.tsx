import { Menu, MenuDivider, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { exclude, only } from '../../../shared/filter/filter.ts';
import type { LogRow } from '../../../shared/log.ts';
import type { EncodingChoice } from '../../../shared/text/encodings.ts';
import { MenuAt } from '../../kit/controls/MenuAt.tsx';
import { formatInteger } from '../../kit/format/bytes.ts';
import { runAction } from '../../kit/format/run-words.ts';
import { lengthOf, type Ranges } from '../../view/ranges.ts';
import type { ColumnName } from './columns.tsx';
import { COPY_FORMS, COPY_WORDS, type CopyForm } from './copy-rows.ts';
import { recordsIn } from './picked-records.ts';
import { useFieldValue } from './use-field-value.ts';
import { type RowValue, valuesOf } from './values.ts';

/** Where on the page the menu is opened, and over which column. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
  readonly column: ColumnName | null;
}

interface Props {
  readonly session: number;
  readonly place: MenuPlace;
  readonly row: LogRow;
  /** How payloads are read. */
  readonly encoding: EncodingChoice;
  readonly picked: Ranges;
  readonly filter: string;
  readonly isReference: boolean;
  readonly apply: (filter: string) => void;
  readonly copy: (form: CopyForm) => void;
  readonly exportRows: () => void;
  readonly replayRows: () => void;
  readonly makeRule: () => void;
  readonly saveScenario: () => void;
  readonly toggleFold: () => void;
  readonly toggleMark: () => void;
  readonly editNote: () => void;
  readonly setReference: () => void;
  readonly close: () => void;
}

/** What can be done with a row and its values, or with all selected rows. */
export function RowMenu(props: Props) {
  const { session, place, row, encoding, picked, filter, isReference, apply, copy, close } = props;
  const field = useFieldValue(session, row, place.column);
  const values = [...valuesOf(row, encoding), ...(field ? [field] : [])];
  const here = values.filter(
    ({ column }) => column === place.column || (column === 'code' && place.column === 'preview'),
  );
  const count = lengthOf(picked);
  const records = recordsIn(row);
  const rows =
    count > 1 ? ` (${formatInteger(count)} rows)` : records > 1 ? ` (${formatInteger(records)} records)` : '';
  return (
    <MenuAt place={place} close={close}>
      {here.flatMap((value) => [
        <MenuItem key={`only ${value.label}`} onClick={() => apply(only(filter, value.term))}>
          Only {value.label}
        </MenuItem>,
        <MenuItem key={`not ${value.label}`} onClick={() => apply(exclude(filter, value.term))}>
          Exclude {value.label}
        </MenuItem>,
      ])}
      <Choices title="Filter by" values={values} choose={({ term }) => apply(only(filter, term))} />
      <Choices title="Exclude" values={values} choose={({ term }) => apply(exclude(filter, term))} />
      <MenuDivider />
      {row.run && (
        <MenuItem secondaryContent={records > 1 ? '→' : '←'} onClick={props.toggleFold}>
          {runAction(row, row.run)}
        </MenuItem>
      )}
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <MenuItem>Copy as{rows}</MenuItem>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {COPY_FORMS.map((form) => (
              <MenuItem key={form} {...(form === 'text' && { secondaryContent: 'Ctrl+C' })} onClick={() => copy(form)}>
                {COPY_WORDS[form]}
              </MenuItem>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
      <MenuItem onClick={props.exportRows}>Export{rows}…</MenuItem>
      <MenuItem onClick={props.replayRows}>Replay{rows}…</MenuItem>
      <MenuItem onClick={props.saveScenario}>Save as scenario{rows}…</MenuItem>
      <MenuItem disabled={count !== 2} onClick={props.makeRule}>
        {count === 2 ? 'Make a rule from this pair…' : 'Make a rule (select a message and its reply)'}
      </MenuItem>
      <MenuDivider />
      <MenuItem secondaryContent="Ctrl+M" onClick={props.toggleMark}>
        {row.mark !== null ? 'Remove mark' : records > 1 ? 'Mark first record' : 'Mark'}
      </MenuItem>
      <MenuItem onClick={props.editNote}>Label and note…</MenuItem>
      <MenuItem secondaryContent="Ctrl+T" onClick={props.setReference}>
        {isReference ? 'Clear time reference' : 'Use as time reference'}
      </MenuItem>
    </MenuAt>
  );
}

function Choices(props: { title: string; values: readonly RowValue[]; choose: (value: RowValue) => void }) {
  const { title, values, choose } = props;
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <MenuItem>{title}</MenuItem>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {values.map((value) => (
            <MenuItem key={value.label} className="foreign" onClick={() => choose(value)}>
              {value.label}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
