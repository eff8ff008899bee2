import { useMemo } from 'react';
import { LAYOUT_BUILDS, ROLES } from '../../../shared/domain.ts';
import type { LensReading, LensView, Reason } from '../../../shared/lens.ts';
import { fieldName, fieldValue, STANDING_WORDS } from '../../../shared/lens-words.ts';
import { formatInteger } from '../../kit/format/bytes.ts';
import { type ByteRow, type GapRow, messageEnd, rowsOf, type Segment } from './rows.ts';

interface Props {
  readonly view: LensView;
  readonly lit: Reason | null;
}

/** The header and the first bytes of both slots, and beside them how each layout reads them. */
export function ByteTable({ view, lit }: Props) {
  const { spans, readings, verdict } = view;
  const rows = useMemo(() => rowsOf(spans, readings), [spans, readings]);
  return (
    <table className="lens-table">
      <thead>
        <tr>
          <th scope="col">Offset</th>
          <th scope="col">Bytes</th>
          {readings.map((reading) => (
            <Head key={reading.layout} {...{ reading, view }} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) =>
          row.kind === 'bytes' ? (
            <Bytes key={row.from} {...{ row, readings, lit }} proof={verdict.proof} />
          ) : (
            <Gap key={row.from} row={row} columns={readings.length} />
          ),
        )}
      </tbody>
    </table>
  );
}

function Head({ reading: { layout, standing }, view }: { reading: LensReading; view: LensView }) {
  const users = ROLES.filter((role) => {
    const [first, ...others] = view.verdict.layouts[role];
    return first === layout && others.length === 0;
  });
  return (
    <th scope="col" title={LAYOUT_BUILDS[layout]}>
      <span className="lens-layout">{layout}</span>
      {users.map((role) => (
        <span key={role} className={`badge role-${role}`}>
          {role}
        </span>
      ))}
      <span className={`lens-standing ${standing}`}>{STANDING_WORDS[standing]}</span>
    </th>
  );
}

interface BytesProps {
  readonly row: ByteRow;
  readonly readings: readonly LensReading[];
  readonly proof: readonly Reason[];
  readonly lit: Reason | null;
}

function Bytes({ row, readings, proof, lit }: BytesProps) {
  const covers = (at: number) => (reason: Reason) => at >= reason.from && at < reason.to;
  const classOf = (at: number, byte: number) =>
    [byte === 0 && 'zero', proof.some(covers(at)) && 'proves', lit && covers(at)(lit) && 'lit']
      .filter(Boolean)
      .join(' ');
  return (
    <tr data-from={row.from}>
      <th scope="row">{formatInteger(row.from)}</th>
      <td className="lens-bytes">
        {row.bytes.map((byte, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a byte is its place
          <span key={index} className={classOf(row.from + index, byte)}>
            {byte.toString(16).padStart(2, '0')}
          </span>
        ))}
      </td>
      {readings.map((reading, index) => (
        <td key={reading.layout} className={reading.standing === 'impossible' ? 'impossible' : undefined}>
          {row.readings[index]?.map((segment) => (
            <Piece key={segment.from} {...{ segment, reading, row }} />
          ))}
        </td>
      ))}
    </tr>
  );
}

/** A field, or its part in this row. */
function Piece({ segment, reading, row }: { segment: Segment; reading: LensReading; row: ByteRow }) {
  const { field, from, to } = segment;
  if (!field) return <span className="lens-piece none">–</span>;
  const isFirst = field.from === from;
  if (field.kind !== 'data') {
    return (
      <span className={`lens-piece ${field.kind}`} title={`${fieldName(field)} ${fieldValue(field)}`}>
        {isFirst ? `${fieldName(field)} ` : 'upper half'}
        {isFirst && <b>{fieldValue(field)}</b>}
      </span>
    );
  }
  const end = messageEnd(reading, field);
  const bytes = row.bytes.slice(from - row.from, to - row.from);
  return (
    <span className={`lens-piece data-${field.lane}`}>
      {isFirst && <span className="lens-begins">{fieldName(field)}</span>}
      <span className="lens-text">
        {bytes.map((byte, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a byte is its place
          <span key={index} className={from + index < end ? 'message' : undefined}>
            {byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·'}
          </span>
        ))}
      </span>
    </span>
  );
}

function Gap({ row: { kind, from, to }, columns }: { row: GapRow; columns: number }) {
  const count = formatInteger(to - from);
  return (
    <tr className="lens-gap">
      <th scope="row">{formatInteger(from)}</th>
      <td colSpan={columns + 1}>{kind === 'zeros' ? `${count} bytes of 00` : `${count} bytes not shown`}</td>
    </tr>
  );
}
