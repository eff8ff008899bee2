import type { LogRow } from '../../shared/log.ts';
import { formatHex } from '../format/hex.ts';
import { decodeUtf8 } from '../format/utf8.ts';
import { visibleSegments } from '../format/visible.ts';

/** Text in which nothing is invisible and nothing moves its neighbours; markup in it is characters like any other. */
export function Visible({ text, keep = '' }: { text: string; keep?: string }) {
  return visibleSegments(text, keep).map((segment, i) =>
    segment.escaped ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text have no other name
      <span key={i} className="escaped">
        {segment.text}
      </span>
    ) : (
      segment.text
    ),
  );
}

/** The last column: the message's beginning, or the sentence of what is no message. */
export function Preview({ row }: { row: LogRow }) {
  if (row.kind === 'message') return <MessagePreview row={row} />;
  return (
    <>
      {row.code && <b>{row.code}</b>}
      {row.code && row.detail && ' — '}
      {row.detail && <Visible text={row.detail} />}
    </>
  );
}

function MessagePreview({ row }: { row: LogRow }) {
  if (row.size === 0) return <span className="calm">empty message</span>;
  const cut = row.size > row.preview.length;
  const text = decodeUtf8(row.preview, cut);
  if (text === null)
    return (
      <span className="calm">
        {formatHex(row.preview.subarray(0, 48))}
        {row.size > 48 && ' …'}
      </span>
    );
  return (
    <>
      <Visible text={text} />
      {cut && '…'}
    </>
  );
}
