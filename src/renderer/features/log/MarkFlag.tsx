import type { LogRow } from '../../../shared/log.ts';
import { visibleText } from '../../kit/format/visible.ts';

/** The flag of a marked record with its label, and whether it has a note. */
export function MarkFlag({ row: { mark, note } }: { row: LogRow }) {
  if (mark === null && note === null) return null;
  const words = [mark === null ? '' : `Mark ${visibleText(mark)}`, note === null ? '' : `Note: ${visibleText(note)}`];
  return (
    <span className="mark-flag" title={words.filter(Boolean).join('\n')}>
      <svg width="11" height="12" viewBox="0 0 11 12" role="img" aria-label={mark === null ? 'note' : 'mark'}>
        <path d={mark === null ? 'M1.5 1.5h8v9h-8zM3.5 4h4M3.5 6h4M3.5 8h2' : 'M2 11V1.5h7L7.2 4.2 9 7H2'} />
      </svg>
      {mark !== null && mark !== '' && <span className="mark-label foreign">{visibleText(mark)}</span>}
    </span>
  );
}
