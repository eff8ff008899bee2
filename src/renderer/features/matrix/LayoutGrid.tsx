import { useEffect, useRef } from 'react';
import type { Layout } from '../../../shared/domain.ts';
import { cellText, rowsOf } from '../../../shared/matrix/files.ts';
import { endWords, MATRIX_ENDS, type MatrixCell, placeWords } from '../../../shared/matrix/matrix.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { showInLab, useLab } from '../../view/lab-store.ts';

/** The ends against each other in one layout. */
export function LayoutGrid({ layout, cells }: { layout: Layout; cells: readonly MatrixCell[] }) {
  return (
    <table className="matrix" aria-label={`Matrix, ${layout}`}>
      <thead>
        <tr>
          <th scope="col" className="matrix-layout">
            {layout}
          </th>
          {MATRIX_ENDS.map((end) => (
            <th key={end} scope="col">
              <span className="calm">client</span> {endWords(end)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rowsOf(cells, layout).map(([server, row]) => (
          <tr key={server}>
            <th scope="row">
              <span className="calm">server</span> {endWords(server)}
            </th>
            {row.map((cell) => (
              <td key={cell.client}>
                <Cell cell={cell} at={cells.indexOf(cell)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const TONES: Readonly<Record<MatrixCell['state'], string>> = {
  pending: 'calm',
  running: 'busy',
  passed: 'good',
  failed: 'bad',
  'not-run': 'calm',
  cancelled: 'calm',
};

function Cell({ cell, at }: { cell: MatrixCell; at: number }) {
  const selected = useLab(({ subject }) => subject?.of === 'cell' && subject.id === at);
  const { state, reason, hasOtherBytes } = cell;
  const button = useRef<HTMLButtonElement>(null);
  // The pane below takes room from the lists.
  useEffect(() => {
    if (selected) button.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return (
    <button
      ref={button}
      type="button"
      className="bare-button matrix-cell number"
      data-tone={hasOtherBytes ? 'warn' : TONES[state]}
      aria-pressed={selected}
      aria-label={`${placeWords(cell)}: ${state.replace('-', ' ')}, ${cellText(cell)}`}
      title={reason === null ? undefined : visibleText(reason)}
      onClick={() => showInLab({ of: 'cell', id: at })}
    >
      {cellText(cell)}
    </button>
  );
}
