import type { Term } from '../../../shared/filter/filter.ts';
import { localInstant } from '../../../shared/filter/local-times.ts';
import type { LogRow } from '../../../shared/log.ts';
import { LANE_VIEW_WORDS, type LaneView } from '../../../shared/session-kind.ts';
import { codecOf } from '../../../shared/text/codecs.ts';
import type { EncodingChoice } from '../../../shared/text/encodings.ts';
import { encodingFor } from '../../kit/encoding/channel-encodings.ts';
import { formatInteger } from '../../kit/format/bytes.ts';
import { formatHex } from '../../kit/format/hex.ts';
import { formatClock, formatSpan } from '../../kit/format/time.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { useLogViews, zoneOf } from '../../view/view-store.ts';
import type { ColumnName } from './columns.tsx';

/** The most characters or bytes of a payload that become part of a filter. */
const MOST_TEXT = 80;
const MOST_BYTES = 16;

/** A row's value that can be filtered by, and its column. */
export interface RowValue {
  readonly column: ColumnName | 'code';
  /** As in "Only …" and "Exclude …". */
  readonly label: string;
  readonly term: Term;
}

/** @param encoding how payloads are read */
export function valuesOf(row: LogRow, encoding: EncodingChoice = 'auto'): RowValue[] {
  return [
    directionValue(row.direction ?? 'none'),
    { column: 'kind', label: `kind ${row.kind}`, term: { type: 'kind', values: [row.kind] } },
    ...(row.kind === 'message' ? [equal('size', row.size, `size ${formatInteger(row.size)}`)] : []),
    ...(row.code
      ? [{ column: 'code', label: `code ${row.code}`, term: { type: 'code', values: [row.code] } } as const]
      : []),
    ...contentOf(row, encoding),
    ...(row.delta === null ? [] : [atLeast('delta', Math.max(0, row.delta), `Δ of ${formatSpan(row.delta)} or more`)]),
    atLeast('seq', row.seq, `from #${formatInteger(row.seq)} on`),
    {
      column: 'time',
      label: `from ${formatClock(row.wall, zoneOf(useLogViews.getState()))} on`,
      term: { type: 'after', instant: localInstant(row.wall) },
    },
  ];
}

const directionValue = (view: LaneView | 'none'): RowValue =>
  view === 's2c' || view === 'c2s'
    ? { column: 'direction', label: `lane ${LANE_VIEW_WORDS[view]}`, term: { type: 'lane', values: [view] } }
    : { column: 'direction', label: `direction ${view}`, term: { type: 'dir', values: [view] } };

const equal = (type: 'size', value: number, label: string): RowValue => ({
  column: type,
  label,
  term: { type, comparison: { op: '=', value } },
});

const atLeast = (type: 'seq' | 'delta', value: number, label: string): RowValue => ({
  column: type,
  label,
  term: { type, comparison: { op: '>=', value } },
});

function contentOf(row: LogRow, encoding: EncodingChoice): RowValue[] {
  const { preview, detail } = row;
  if (row.kind !== 'message')
    return detail
      ? [{ column: 'preview', label: `text “${short(detail)}”`, term: { type: 'detail', text: detail } }]
      : [];
  if (preview.length === 0) return [];
  const { decode } = codecOf(encodingFor(encoding, preview, row.size));
  const text = decode(preview, row.size > preview.length);
  if (text) {
    const part = [...text].slice(0, MOST_TEXT).join('');
    return [
      { column: 'preview', label: `text “${short(part)}”`, term: { type: 'text', text: part, ignoreCase: false } },
    ];
  }
  const bytes = preview.subarray(0, MOST_BYTES);
  return [
    {
      column: 'preview',
      label: `bytes ${formatHex(bytes.subarray(0, 6))}${bytes.length > 6 ? ' …' : ''}`,
      term: { type: 'hex', bytes: [...bytes] },
    },
  ];
}

const short = (text: string) => visibleText(text.length > 24 ? `${text.slice(0, 24)}…` : text);
