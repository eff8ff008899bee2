import { Button } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import { formatInteger } from '../format/bytes.ts';
import { hexByte } from '../format/hex.ts';
import { characterStart, utf8Runs } from '../format/utf8.ts';
import { Visible } from '../log/Preview.tsx';
import type { PayloadSource } from './payload-source.ts';
import { useBytes } from './use-payload.ts';

/** Bytes shown at once: a page of a long text, since lines of unknown height can't be windowed by index. */
const PAGE = 32 * 1024;
/** The most bytes that a character cut at a page's end has on the next one. */
const REST = 3;

/** The payload as UTF-8, what can't be seen made visible, bytes that are no text marked as bytes. */
export function TextView({ source }: { source: PayloadSource }) {
  const [page, setPage] = useState(0);
  const pages = Math.max(1, Math.ceil(source.size / PAGE));
  const from = page * PAGE;
  const to = Math.min(source.size, from + PAGE);
  const bytes = useBytes(source, from, Math.min(source.size, to + REST));
  const runs = useMemo(() => {
    if (!bytes) return undefined;
    const start = page === 0 ? 0 : characterStart(bytes, 0);
    const end = to === source.size ? bytes.length : characterStart(bytes, to - from);
    return utf8Runs(bytes.subarray(start, end));
  }, [bytes, page, from, to, source.size]);

  return (
    <div className="text-view">
      {pages > 1 && (
        <div className="text-pages">
          <Button size="small" disabled={page === 0} onClick={() => setPage(page - 1)}>
            Previous
          </Button>
          <Button size="small" disabled={page === pages - 1} onClick={() => setPage(page + 1)}>
            Next
          </Button>
          <span className="number">
            bytes {formatInteger(from)} to {formatInteger(to - 1)} of {formatInteger(source.size)}
          </span>
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section key={page} className="text-body foreign" tabIndex={0} aria-label="Payload as text">
        {source.size === 0 && <span className="calm">An empty message: zero bytes.</span>}
        {runs?.map((run, i) =>
          'byte' in run ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text have no other name
            <span key={i} className="stray">
              \x{hexByte(run.byte)}
            </span>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <Visible key={i} text={run.text} keep={'\n'} />
          ),
        )}
      </section>
    </div>
  );
}
