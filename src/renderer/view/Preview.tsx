import { Fragment } from 'react';
import type { FindNeedle } from '../../shared/find.ts';
import type { LogRow } from '../../shared/log.ts';
import { codecOf } from '../../shared/text/codecs.ts';
import type { EncodingChoice } from '../../shared/text/encodings.ts';
import { encodingFor } from '../kit/encoding/channel-encodings.ts';
import { formatInteger } from '../kit/format/bytes.ts';
import { formatHex } from '../kit/format/hex.ts';
import { runMicros } from '../kit/format/run-words.ts';
import { formatSpan } from '../kit/format/time.ts';
import { visibleSegments } from '../kit/format/visible.ts';
import type { Range } from '../kit/virtual/row-window.ts';
import { hitsInBytes, hitsInText } from './hits.ts';

/** Text in which nothing is invisible and nothing moves its neighbours; markup in it is plain characters. */
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

interface PreviewProps {
  readonly row: LogRow;
  /** How payloads are read. */
  readonly encoding: EncodingChoice;
  readonly needle: FindNeedle | null;
}

/** The last column: the message's beginning, or the sentence of another record. */
export function Preview({ row, ...props }: PreviewProps) {
  if (row.kind === 'message')
    return (
      <>
        <MessagePreview row={row} {...props} />
        {row.detail && (
          <span className="calm">
            {' — '}
            <Visible text={row.detail} />
          </span>
        )}
      </>
    );
  return (
    <>
      {row.code && <b>{row.code}</b>}
      {row.kind !== 'timeout' && row.count > 1 && <b className="number"> ×{formatInteger(row.count)}</b>}
      {row.kind !== 'timeout' && row.run?.until && ` in ${formatSpan(runMicros(row))}`}
      {row.code && row.detail && ' — '}
      {row.detail && <Visible text={row.detail} />}
    </>
  );
}

/** Bytes of a preview that are shown as bytes. */
const SHOWN_BYTES = 48;

function MessagePreview({ row, encoding: choice, needle }: PreviewProps) {
  if (row.size === 0) return <span className="calm">empty message</span>;
  const cut = row.size > row.preview.length;
  const encoding = encodingFor(choice, row.preview, row.size);
  const text = codecOf(encoding).decode(row.preview, cut);
  if (text === null) {
    const bytes = row.preview.subarray(0, SHOWN_BYTES);
    const hits = needle
      ? hitsInBytes(bytes, needle, encoding).map(({ from, to }) => ({ from: from * 3, to: to * 3 - 1 }))
      : [];
    return (
      <span className="calm">
        <WithHits text={formatHex(bytes)} hits={hits} />
        {row.size > SHOWN_BYTES && ' …'}
      </span>
    );
  }
  return (
    <>
      <WithHits text={text} hits={needle ? hitsInText(text, row.preview, needle, encoding) : []} />
      {cut && '…'}
    </>
  );
}

/** Text with its matches. */
function WithHits({ text, hits }: { text: string; hits: readonly Range[] }) {
  if (hits.length === 0) return <Visible text={text} />;
  return (
    <>
      {hits.map(({ from, to }, i) => (
        <Fragment key={from}>
          <Visible text={text.slice(hits[i - 1]?.to ?? 0, from)} />
          <mark className="hit">
            <Visible text={text.slice(from, to)} />
          </mark>
        </Fragment>
      ))}
      <Visible text={text.slice(hits.at(-1)?.to ?? 0)} />
    </>
  );
}
