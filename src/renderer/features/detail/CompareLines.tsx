import { useMemo } from 'react';
import { codecOf } from '../../../shared/text/codecs.ts';
import type { EncodingChoice } from '../../../shared/text/encodings.ts';
import { encodingFor, useEncoding } from '../../kit/encoding/channel-encodings.ts';
import { formatInteger, formatSize, plural } from '../../kit/format/bytes.ts';
import { Visible } from '../../view/Preview.tsx';
import type { Pair } from './compare-pair.ts';
import { type DiffLine, lineDifferences } from './line-diff.ts';

/** Longer texts are only compared as bytes; in bytes. */
const MOST = 1024 * 1024;
/** Lines drawn. */
const SHOWN = 2000;
const SIGN = { same: ' ', removed: '−', added: '+' } as const;

/** The lines of both, those that only one of them has marked. */
export function CompareLines({ pair: { a, b }, sessions }: { pair: Pair; sessions: readonly [number, number] }) {
  const [readA, readB] = [useEncoding(sessions[0]), useEncoding(sessions[1])];
  const found = useMemo(() => {
    if (Math.max(a.length, b.length) > MOST) return `Comparing by lines is limited to texts of ${formatSize(MOST)}.`;
    const read = (bytes: Uint8Array, choice: EncodingChoice) =>
      codecOf(encodingFor(choice, bytes, bytes.length)).decode(bytes);
    const [textA, textB] = [read(a, readA), read(b, readB)];
    if (textA === null || textB === null)
      return "One of them isn't text in its channel's encoding. Compare the bytes instead.";
    return lineDifferences(textA, textB) ?? 'They differ too much to compare by lines. Compare the bytes instead.';
  }, [a, b, readA, readB]);
  if (typeof found === 'string') return <p className="calm">{found}</p>;
  const changed = found.filter(({ kind }) => kind === 'removed' || kind === 'added').length;
  return (
    <>
      <p className="compare-bar number" role="status">
        {changed === 0 ? 'Identical, line for line' : plural(changed, 'line differs', 'lines differ')}
        {found.length > SHOWN && `; showing the first ${formatInteger(SHOWN)} lines`}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="compare-lines foreign" tabIndex={0} aria-label="Lines of both records">
        {found.slice(0, SHOWN).map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
          <Line key={i} line={line} />
        ))}
      </section>
    </>
  );
}

function Line({ line }: { line: DiffLine }) {
  if (line.kind === 'skipped') return <div className="compare-line calm">⋯ {plural(line.count, 'equal line')}</div>;
  return (
    <div className={`compare-line ${line.kind}`}>
      <span className="compare-number">{line.a}</span>
      <span className="compare-number">{line.b}</span>
      <span>{SIGN[line.kind]}</span>
      <span className="compare-text">
        <Visible text={line.text} />
      </span>
    </div>
  );
}
