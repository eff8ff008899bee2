import { Button, Checkbox, Popover, PopoverSurface, PopoverTrigger, Tooltip } from '@fluentui/react-components';
import { ArrowDown16Regular, ArrowUp16Regular, Options16Regular } from '@fluentui/react-icons';
import { memo } from 'react';
import {
  MAX_WIDTH,
  MIN_WIDTH,
  moveColumn,
  resetColumns,
  resizeColumn,
  toggleColumn,
  useColumns,
  widthOf,
} from './column-store.ts';
import { type ColumnName, columnOf } from './columns.tsx';
import { FieldColumnsMenu } from './FieldColumnsMenu.tsx';

interface Props {
  readonly session: number;
  readonly fold: boolean;
  readonly setFold: (fold: boolean) => void;
}

/** Chooses, orders and sizes the columns, and whether timeouts and repeated anomalies are folded, all by keyboard. */
export const ColumnsMenu = memo(function ColumnsMenu({ session, fold, setFold }: Props) {
  const columns = useColumns();
  const { order, shown } = columns;
  return (
    <Popover trapFocus positioning={{ position: 'below', align: 'end', autoSize: 'height' }}>
      <PopoverTrigger disableButtonEnhancement>
        <Tooltip content="Columns" relationship="label">
          <Button size="small" appearance="subtle" icon={<Options16Regular />} />
        </Tooltip>
      </PopoverTrigger>
      <PopoverSurface className="columns-menu" aria-label="Columns">
        <Checkbox
          className="fold-runs"
          label="Fold timeouts and repeated anomalies into one row"
          checked={fold}
          onChange={(_, { checked }) => setFold(checked === true)}
        />
        <ul>
          {order.map((name, at) => (
            <li key={name}>
              <Checkbox
                label={columnOf(name).words}
                checked={shown.includes(name)}
                onChange={() => toggleColumn(name)}
              />
              <Width name={name} width={widthOf(columns, name)} />
              <Button
                size="small"
                appearance="subtle"
                icon={<ArrowUp16Regular />}
                aria-label={`${columnOf(name).words}: move left`}
                disabledFocusable={at === 0}
                onClick={() => moveColumn(name, order[at - 1] ?? null)}
              />
              <Button
                size="small"
                appearance="subtle"
                icon={<ArrowDown16Regular />}
                aria-label={`${columnOf(name).words}: move right`}
                disabledFocusable={at === order.length - 1}
                onClick={() => moveColumn(name, order[at + 2] ?? null)}
              />
            </li>
          ))}
        </ul>
        <FieldColumnsMenu session={session} />
        <Button size="small" onClick={resetColumns}>
          Reset columns
        </Button>
      </PopoverSurface>
    </Popover>
  );
});

function Width({ name, width }: { name: ColumnName; width: number | null }) {
  if (width === null) return <span />;
  return (
    <input
      type="number"
      className="column-width number"
      aria-label={`${columnOf(name).words}: width in pixels`}
      min={MIN_WIDTH}
      max={MAX_WIDTH}
      step={4}
      value={width}
      onChange={({ target }) => target.value !== '' && resizeColumn(name, Number(target.value))}
    />
  );
}
