import { formatByteCount, formatInteger } from '../../kit/format/bytes.ts';
import { formatMs } from '../../kit/format/time.ts';
import { visibleText } from '../../kit/format/visible.ts';
import type { Outcome } from './draft-store.ts';

/** The result of the last send, in a line that stays until the next. */
export function OutcomeLine({ outcome }: { outcome: Outcome | null }) {
  return (
    <span role="status" className="outcome">
      {outcome && <Words outcome={outcome} />}
    </span>
  );
}

function Words({ outcome }: { outcome: Outcome }) {
  if (outcome.state === 'refused') {
    const { message, os } = outcome.failure;
    const text = `Not sent. ${visibleText(message)}${os ? ` (OS error ${os.code}: ${visibleText(os.message)})` : ''}`;
    return (
      <span className="bad foreign" title={text}>
        {text}
      </span>
    );
  }
  const { seq, waitedMs, overwrote } = outcome.receipt;
  const waited = waitedMs >= 1 ? `, waited ${formatMs(waitedMs)}` : '';
  return (
    <span>
      <span className="ok">Sent</span> as #{formatInteger(seq)}, {formatByteCount(outcome.size)}
      {waited}
      {overwrote && <span className="warn">, overwrote an unread message</span>}
    </span>
  );
}
