import type { RemovedCapture } from '../../../shared/captures.ts';
import { plural } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { removedWords } from './words.ts';

/** What retention deleted: nothing disappears silently. */
export function RemovedCaptures({ removed }: { removed: readonly RemovedCapture[] }) {
  if (removed.length === 0) return null;
  return (
    <details className="captures-removed">
      <summary>{plural(removed.length, 'capture')} removed by retention</summary>
      <ul>
        {removed.map((one) => (
          <li key={`${one.file} ${one.at}`}>
            <span className="foreign">{visibleText(one.file)}</span>{' '}
            <span className="calm number">{removedWords(one)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
