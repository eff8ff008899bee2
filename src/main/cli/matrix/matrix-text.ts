import { styleText } from 'node:util';
import { LAYOUTS } from '../../../shared/domain.ts';
import { cellText, rowsOf, totalsText } from '../../../shared/matrix/files.ts';
import { endWords, MATRIX_ENDS, type MatrixCell, placeWords } from '../../../shared/matrix/matrix.ts';
import { nameOnOneLine } from '../../capture/export/visible.ts';
import { aligned } from '../table.ts';

/** The matrix in readable form: a table per layout, followed by why cells failed or weren't run. */
export function matrixLines(cells: readonly MatrixCell[]): string[] {
  const tables = LAYOUTS.flatMap((layout) => {
    const heads = [layout, ...MATRIX_ENDS.map((end) => `client ${endWords(end)}`)];
    const rows = rowsOf(cells, layout).map(([server, of]) => [`  server ${endWords(server)}`, ...of.map(cellText)]);
    return [...aligned([heads, ...rows]), ''];
  });
  return [...tables, ...reasons(cells), totalsText(cells)];
}

/** Each reason once, with the cells that have it. */
function reasons(cells: readonly MatrixCell[]): string[] {
  const by = new Map<string, MatrixCell[]>();
  for (const cell of cells) if (cell.reason !== null) by.set(cell.reason, [...(by.get(cell.reason) ?? []), cell]);
  const lines = [...by].map(([reason, [first, ...more]]) => {
    const where = `${placeWords(first as MatrixCell)}${more.length > 0 ? ` and ${more.length} more` : ''}`;
    const isFailed = first?.state === 'failed' || first?.state === 'cancelled';
    const head = styleText(isFailed ? 'red' : 'gray', isFailed ? '✗' : '–', { stream: process.stdout });
    return `${head} ${where}: ${nameOnOneLine(reason)}`;
  });
  return lines.length > 0 ? [...lines, ''] : [];
}
