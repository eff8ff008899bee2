// biome-ignore-all lint/a11y/useSemanticElements: a table can't be windowed inside a sticky view
// biome-ignore-all lint/a11y/useFocusableInteractive: the tree has the focus and names its active row
import { ErrorCircle16Regular } from '@fluentui/react-icons';
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useMemo, useState } from 'react';
import type { Decoded, Decoder, FieldValue } from '../../../shared/types/decoder.ts';
import { type ByteRange, bytesOf } from '../../../shared/types/paths.ts';
import { orNotify } from '../../host/notices-store.ts';
import { isCommandHeld, isPress } from '../../kit/commands/keys.ts';
import { formatInteger } from '../../kit/format/bytes.ts';
import { copyText } from '../../kit/format/clipboard.ts';
import { rowTarget } from '../../kit/virtual/keys.ts';
import { topShowing } from '../../kit/virtual/row-window.ts';
import { useRowWindow } from '../../kit/virtual/use-row-window.ts';
import { fieldText, plainFieldText } from '../../view/field-text.ts';
import { Visible } from '../../view/Preview.tsx';
import { FieldMenu, type FieldMenuPlace } from './FieldMenu.tsx';
import { type FieldRow, type Opened, pathsAtByte, rowsOf, sideways } from './field-rows.ts';

const ROW_HEIGHT = 22;
const HEAD_HEIGHT = 24;

interface Props {
  readonly session: number;
  readonly decoder: Decoder;
  readonly decoded: Decoded;
  readonly asHex: boolean;
  readonly selected: ByteRange;
  readonly select: (bytes: ByteRange) => void;
}

/**
 * Every field with its value, type and position: only the rows in view. A field selects its bytes, and bytes their
 * field.
 */
export function FieldTree({ session, decoder, decoded, asHex, selected, select }: Props) {
  const id = useId();
  const [opened, setOpened] = useState<Opened>(new Map());
  const [current, setCurrent] = useState<string | null>(null);
  const [menu, setMenu] = useState<FieldMenuPlace | null>(null);
  const rows = useMemo(() => rowsOf(decoded, opened), [decoded, opened]);
  const { scroller, geometry, height, top, range, scrollTo } = useRowWindow({
    ...{ count: rows.length, rowHeight: ROW_HEIGHT, header: HEAD_HEIGHT },
  });
  const at = rows.findIndex(({ path }) => path === current);
  const set = (row: FieldRow, open: boolean) => setOpened(new Map(opened).set(row.path, open));
  const reveal = (index: number) => scrollTo(topShowing(geometry, top, index));
  const go = (index: number) => {
    const row = rows[index];
    if (!row) return;
    setCurrent(row.path);
    reveal(index);
    const place = bytesOf(row.field);
    if (place && place.to > place.from) select(place);
  };

  // Bytes that were selected elsewhere select their field.
  const { from, to } = selected;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when other bytes are selected
  useEffect(() => {
    if (geometry.view === 0) return;
    const own = current === null ? undefined : placeOf(rows, current);
    if (own && own.from === from && own.to === to) return;
    const paths = pathsAtByte(decoded.fields, from);
    if (paths.length === 0) return;
    const closed = paths.slice(0, -1).filter((path) => rows.find((row) => row.path === path)?.open !== true);
    const next = closed.length > 0 ? new Map([...opened, ...closed.map((path) => [path, true] as const)]) : opened;
    const found = paths.at(-1) ?? null;
    setOpened(next);
    setCurrent(found);
    reveal(rowsOf(decoded, next).findIndex(({ path }) => path === found));
  }, [from, to, decoded, geometry.view === 0]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const row = rows[at];
    if (isPress('Ctrl+C', event) && row) void copy(row.field, asHex);
    else if (isMenuKey(event) && row) openMenu(row, event.currentTarget);
    else if (isCommandHeld(event)) return;
    else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      const step = sideways(rows, at, event.key);
      if (step && 'go' in step) go(step.go);
      else if (step && row) set(row, step.open);
    } else if ((event.key === 'Enter' || event.key === ' ') && row?.open !== undefined) set(row, !row.open);
    else {
      const target = rowTarget(event.key, at, geometry);
      if (target === undefined) return;
      go(target);
    }
    event.preventDefault();
  };
  const openMenu = (row: FieldRow, tree: Element) => {
    const box = tree.querySelector('[aria-selected="true"]')?.getBoundingClientRect();
    setMenu({ x: (box?.left ?? 0) + 24, y: box?.bottom ?? 0, row });
  };
  const rowAt = (event: MouseEvent): number => {
    const element = (event.target as Element).closest<HTMLElement>('[data-row]');
    return element ? Number(element.dataset.row) : -1;
  };

  return (
    <div
      ref={scroller}
      role="treegrid"
      className="field-tree"
      tabIndex={0}
      aria-label="Fields"
      aria-rowcount={rows.length + 1}
      aria-activedescendant={at >= range.from && at < range.to ? `${id}-${at}` : undefined}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const index = rowAt(event);
        const row = rows[index];
        if (row?.open !== undefined && (event.target as Element).closest('.field-fold')) set(row, !row.open);
        else go(index);
      }}
      onDoubleClick={(event) => {
        const row = rows[rowAt(event)];
        if (row?.open !== undefined && !(event.target as Element).closest('.field-fold')) set(row, !row.open);
      }}
      onContextMenu={(event) => {
        const index = rowAt(event);
        const row = rows[index];
        if (!row) return;
        event.preventDefault();
        go(index);
        setMenu({ x: event.clientX, y: event.clientY, row });
      }}
    >
      <div role="rowgroup" className="field-head">
        <div role="row" className="field-row" aria-rowindex={1}>
          <span role="columnheader">field</span>
          <span role="columnheader">value</span>
          <span role="columnheader" className="field-type-head">
            type
          </span>
          <span role="columnheader" className="field-place">
            offset
          </span>
        </div>
      </div>
      <div role="presentation" style={{ height }}>
        <div role="rowgroup" className="field-window" style={{ height: geometry.view, top: HEAD_HEIGHT }}>
          <div role="presentation" style={{ transform: `translateY(${range.from * ROW_HEIGHT - top}px)` }}>
            {rows.slice(range.from, range.to).map((row, index) => (
              <Row
                key={row.path}
                id={`${id}-${range.from + index}`}
                position={range.from + index}
                selected={range.from + index === at}
                {...{ row, asHex }}
              />
            ))}
          </div>
        </div>
      </div>
      {menu && <FieldMenu {...{ session, asHex, decoder }} place={menu} close={() => setMenu(null)} />}
    </div>
  );
}

const placeOf = (rows: readonly FieldRow[], path: string) => {
  const row = rows.find((one) => one.path === path);
  return row && bytesOf(row.field);
};

const isMenuKey = (event: KeyboardEvent) => isPress('Shift+F10', event) || event.key === 'ContextMenu';

const copy = (field: FieldValue, asHex: boolean) => orNotify("Couldn't copy", copyText(plainFieldText(field, asHex)));

interface RowProps {
  readonly id: string;
  readonly row: FieldRow;
  readonly position: number;
  readonly selected: boolean;
  readonly asHex: boolean;
}

function Row({ id, row: { field, depth, open }, position, selected, asHex }: RowProps) {
  const { main, more } = fieldText(field, asHex);
  const { offset, bit } = field;
  return (
    <div
      role="row"
      id={id}
      className="field-row"
      data-row={position}
      aria-level={depth + 1}
      aria-expanded={open}
      aria-selected={selected}
      aria-rowindex={position + 2}
    >
      <span role="gridcell" className="field-name" style={{ paddingLeft: depth * 14 }}>
        <span className="field-fold" aria-hidden="true">
          {open === undefined ? '' : open ? '▾' : '▸'}
        </span>
        <span className="foreign">
          <Visible text={field.name} />
        </span>
      </span>
      <span role="gridcell" className={`field-value ${kindOf(field)}`} title={field.fault}>
        {field.fault !== undefined && <ErrorCircle16Regular className="field-fault" aria-label={field.fault} />}
        <span className="foreign">
          <Visible text={main} />
        </span>
        {more && <span className="calm"> {more}</span>}
        {field.fault !== undefined && main === '' && <span className="field-fault"> {field.fault}</span>}
      </span>
      <span role="gridcell" className="field-type foreign" title={field.type}>
        <Visible text={field.type} />
      </span>
      <span role="gridcell" className="field-place number">
        {offset === undefined ? '' : formatInteger(offset)}
        {bit && <span title={`${bit.width} bits from bit ${bit.offset}`}>:{bit.offset}</span>}
      </span>
    </div>
  );
}

/** Colours that the other forms have too. */
function kindOf({ value, text, fields }: FieldValue): string {
  if (fields) return 'holds';
  if (text !== undefined || typeof value === 'boolean') return 'word';
  return typeof value === 'string' ? 'string' : 'numeric';
}
