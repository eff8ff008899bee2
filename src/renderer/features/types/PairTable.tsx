import type { ReactNode } from 'react';
import { ABIS, type AbiId } from '../../../shared/types/abi.ts';
import type { PairRow, PairSide } from '../../../shared/types/pair.ts';
import { formatInteger } from '../../kit/format/bytes.ts';
import { Visible } from '../../view/Preview.tsx';
import './type-tables.css';

interface Props {
  readonly rows: readonly PairRow[];
  readonly abis: readonly [AbiId, AbiId];
  readonly head?: (side: 0 | 1) => ReactNode;
  /** What a field or padding says in a message; none if only a type is shown. */
  readonly value?: (row: PairRow, side: 0 | 1) => ReactNode;
  /** A row was chosen for one side's bytes. */
  readonly choose?: (row: PairRow, side: 0 | 1) => void;
}

const SIDES = [0, 1] as const;
/** Rows drawn: larger types can be viewed on the command line. */
const SHOWN = 1000;

/** Every field of a type and its padding under two ABIs, differences marked. */
export function PairTable({ rows, abis, head, value, choose }: Props) {
  const columns = value ? 3 : 2;
  return (
    <table className={value ? 'pair-table with-values number' : 'pair-table number'}>
      <thead>
        <tr>
          <th scope="col" rowSpan={2}>
            Field
          </th>
          {SIDES.map((side) => (
            <th key={side} scope="colgroup" colSpan={columns} className="pair-side">
              {head ? head(side) : ABIS[abis[side]].label}
            </th>
          ))}
        </tr>
        <tr>
          {SIDES.flatMap((side) => [
            <th key={`o${side}`} scope="col" className="pair-side numeric">
              Offset
            </th>,
            <th key={`s${side}`} scope="col" className="numeric">
              Size
            </th>,
            value && (
              <th key={`v${side}`} scope="col">
                Value
              </th>
            ),
          ])}
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, SHOWN).map((row) => (
          <tr
            key={`${row.kind} ${row.path} ${row.sides[0]?.offset} ${row.sides[1]?.offset}`}
            className={`pair-${row.kind}${row.differs ? ' differs' : ''}`}
          >
            <th scope="row" style={{ paddingLeft: 10 + row.depth * 14 }}>
              {row.kind === 'padding' ? (
                <i>padding</i>
              ) : (
                <>
                  <span className="foreign">
                    <Visible text={row.name} />
                  </span>{' '}
                  <span className="calm foreign">
                    <Visible text={row.type} />
                  </span>
                </>
              )}
            </th>
            {SIDES.map((side) => (
              <Side key={side} {...{ row, side, value, choose }} />
            ))}
          </tr>
        ))}
        {rows.length > SHOWN && (
          <tr>
            <th scope="row" colSpan={1 + 2 * columns} className="calm">
              {formatInteger(rows.length - SHOWN)} more
            </th>
          </tr>
        )}
      </tbody>
    </table>
  );
}

interface SideProps {
  readonly value: Props['value'] | undefined;
  readonly choose: Props['choose'] | undefined;
  readonly row: PairRow;
  readonly side: 0 | 1;
}

function Side({ row, side, value, choose }: SideProps) {
  const place = row.sides[side];
  if (!place) return <td className="pair-side calm" colSpan={value ? 3 : 2} />;
  return (
    <>
      <td className="pair-side numeric">
        {choose ? (
          <button type="button" className="bare-button" title="Select these bytes" onClick={() => choose(row, side)}>
            {offsetText(place)}
          </button>
        ) : (
          offsetText(place)
        )}
      </td>
      <td className="numeric">{sizeText(place)}</td>
      {value && <td className="pair-value foreign">{value(row, side)}</td>}
    </>
  );
}

const offsetText = ({ offset, bit }: PairSide) =>
  bit ? `${formatInteger(offset)}:${bit.offset}` : formatInteger(offset);
const sizeText = ({ size, bit }: PairSide) =>
  bit ? `${bit.width} ${bit.width === 1 ? 'bit' : 'bits'}` : formatInteger(size);
