import { Button } from '@fluentui/react-components';
import { useEffect, useMemo, useRef, useState } from 'react';
import { codecOf, LOOK_BACK } from '../../../shared/text/codecs.ts';
import type { Encoding } from '../../../shared/text/encodings.ts';
import type { Run } from '../../../shared/text/utf8.ts';
import { formatInteger } from '../../kit/format/bytes.ts';
import { hexByte } from '../../kit/format/hex.ts';
import { Visible } from '../../view/Preview.tsx';
import type { PayloadSource } from '../../view/payload-source.ts';
import { useBytes } from './use-payload.ts';

/** Bytes shown at once: a page of a long text, since lines of unknown height can't be windowed by index. */
const PAGE = 32 * 1024;
/** The most bytes on the next page of a character that a page's end splits. */
const REST = 4;

interface Props {
  readonly source: PayloadSource;
  readonly encoding: Encoding;
  readonly wrap: boolean;
  /** Bytes that were found; `to` not included. */
  readonly hit: { readonly from: number; readonly to: number } | null;
}

/** The payload as text, invisible characters made visible, other bytes marked as bytes. */
export function TextView({ source, encoding, wrap, hit }: Props) {
  const [page, setPage] = useState(() => Math.floor((hit?.from ?? 0) / PAGE));
  const mark = useRef<HTMLElement>(null);
  const pages = Math.max(1, Math.ceil(source.size / PAGE));
  const from = page * PAGE;
  const to = Math.min(source.size, from + PAGE);
  const base = Math.max(0, from - LOOK_BACK);
  const bytes = useBytes(source, base, Math.min(source.size, to + REST));
  const parts = useMemo(() => {
    if (!bytes) return undefined;
    const { characterStart, runs } = codecOf(encoding);
    const start = characterStart(bytes, from - base);
    const end = to === source.size ? bytes.length : characterStart(bytes, to - base);
    const within = (at: number) => Math.min(end, Math.max(start, at - base));
    const [low, high] = hit ? [within(hit.from), within(hit.to)] : [end, end];
    return [runs(bytes.subarray(start, low)), runs(bytes.subarray(low, high)), runs(bytes.subarray(high, end))];
  }, [bytes, encoding, base, from, to, source.size, hit]);

  useEffect(() => {
    if (hit) setPage(Math.floor(hit.from / PAGE));
  }, [hit]);
  useEffect(() => {
    if (parts?.[1]?.length) mark.current?.scrollIntoView({ block: 'nearest' });
  }, [parts]);

  return (
    <div className="text-view">
      {pages > 1 && (
        <div className="text-pages">
          <Button size="small" disabledFocusable={page === 0} onClick={() => setPage(page - 1)}>
            Previous
          </Button>
          <Button size="small" disabledFocusable={page === pages - 1} onClick={() => setPage(page + 1)}>
            Next
          </Button>
          <span className="number">
            bytes {formatInteger(from)} to {formatInteger(to - 1)} of {formatInteger(source.size)}
          </span>
        </div>
      )}
      <section
        key={page}
        className={wrap ? 'text-body foreign' : 'text-body foreign unwrapped'}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="Payload as text"
      >
        {source.size === 0 && <span className="calm">Empty message (0 bytes).</span>}
        {parts && (
          <>
            <Runs runs={parts[0] ?? []} />
            {(parts[1]?.length ?? 0) > 0 && (
              <mark ref={mark}>
                <Runs runs={parts[1] ?? []} />
              </mark>
            )}
            <Runs runs={parts[2] ?? []} />
          </>
        )}
      </section>
    </div>
  );
}

function Runs({ runs }: { runs: readonly Run[] }) {
  return runs.map((run, i) =>
    'byte' in run ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text have no other name
      <span key={i} className="stray">
        \x{hexByte(run.byte)}
      </span>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      <Visible key={i} text={run.text} keep={'\n'} />
    ),
  );
}
