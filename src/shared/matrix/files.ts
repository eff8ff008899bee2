import { LAYOUTS, type Layout } from '../domain.ts';
import type { ScenarioReport } from '../scenario/report.ts';
import { writeExactJson } from '../text/exact-json.ts';
import { html } from '../text/html.ts';
import { countCells, endWords, MATRIX_ENDS, type MatrixCell, type MatrixEnd } from './matrix.ts';

/** The matrix in files and on a terminal. */

const SIGNS = { pending: '○', running: '…', passed: '✓', failed: '✗', 'not-run': '–', cancelled: '✗' } as const;

const signOf = ({ state }: MatrixCell): string => SIGNS[state];

/** The content of a cell: its symbol, and the time of a round trip. */
export function cellText(cell: MatrixCell): string {
  const { state, roundTripMicros, hasOtherBytes } = cell;
  if (state === 'not-run') return `${signOf(cell)} not run`;
  const trip = roundTripMicros === null ? '' : ` ${tripText(roundTripMicros)}`;
  return `${signOf(cell)}${state === 'failed' || state === 'cancelled' ? ` ${state}` : trip}${hasOtherBytes ? ' different bytes' : ''}`;
}

const tripText = (micros: number): string =>
  micros < 1000 ? `${micros.toFixed(micros < 10 ? 1 : 0)} µs` : `${(micros / 1000).toFixed(1)} ms`;

export function totalsText(cells: readonly MatrixCell[]): string {
  const { passed, failed, cancelled, 'not-run': notRun } = countCells(cells);
  const others = cells.filter(({ hasOtherBytes }) => hasOtherBytes).length;
  const bytes = passed === 0 ? '' : others === 0 ? ' with the same bytes' : ` (${others} with different bytes)`;
  return `${cells.length} cells: ${passed} passed${bytes}, ${failed + cancelled} failed, ${notRun} not run`;
}

/** The cells of a layout, a row per server. */
export const rowsOf = (cells: readonly MatrixCell[], layout: Layout): readonly (readonly [MatrixEnd, MatrixCell[]])[] =>
  MATRIX_ENDS.map((server) => [server, cells.filter((cell) => cell.layout === layout && cell.server === server)]);

/** For programs. */
export const matrixJson = (name: string, cells: readonly MatrixCell[], reports: readonly ScenarioReport[]): string => {
  const { passed, failed, cancelled, 'not-run': notRun } = countCells(cells);
  const head = { format: 'shmscope-matrix', version: 1, name, passed, failed: failed + cancelled, notRun };
  const told = cells.map(({ sessions: _, ...cell }, at) => ({ ...cell, report: reports[at] }));
  return `${writeExactJson({ ...head, cells: told }, 2)}\n`;
};

const CLASSES = { ...SIGNS, passed: 'passed', failed: 'failed', cancelled: 'failed', 'not-run': 'skipped' } as const;

/** Tables for the top of a page. */
export const matrixHtml = (cells: readonly MatrixCell[]): string =>
  `<p>${html(totalsText(cells))}. Times are of ${html('64 bytes')} there and back, client to server.</p>
${LAYOUTS.map((layout) => layoutHtml(cells, layout)).join('\n')}`;

function layoutHtml(cells: readonly MatrixCell[], layout: Layout): string {
  const heads = ['', ...MATRIX_ENDS.map((end) => `client ${endWords(end)}`)].map((head) => `<th>${html(head)}</th>`);
  const rows = rowsOf(cells, layout).map(
    ([server, of]) => `<tr><th>server ${html(endWords(server))}</th>${of.map(cellHtml).join('')}</tr>`,
  );
  return `<h3>${layout}</h3><table><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
}

const cellHtml = (cell: MatrixCell): string =>
  `<td class="${CLASSES[cell.state]}"${cell.reason === null ? '' : ` title="${html(cell.reason)}"`}>${html(cellText(cell))}</td>`;
