/**
 * The matrix: one scenario with each end played by a 32-bit program, a 64-bit program and Shmscope, in every layout. A
 * host runs one at a time (`startMatrix`, `cancelMatrix`); `StateEvent.matrix` shows the progress, and `matrixReports`
 * the result of a cell.
 */
import * as v from 'valibot';
import { LAYOUTS, type Layout } from '../domain.ts';
import type { Bits } from '../peers.ts';
import { filled, nameSchema, text, valueSchema } from '../scenario/schema-words.ts';
import type { Taken } from '../scenario/taken.ts';

/** Who plays an end. */
export type MatrixEnd = Bits | 'shmscope';
export const MATRIX_ENDS: readonly MatrixEnd[] = [32, 64, 'shmscope'];

export const startMatrixSchema = v.strictObject({
  /** A scenario on the host's disk with its full path; omitted: the one that comes with Shmscope. */
  file: v.optional(v.pipe(filled('The file'), v.maxLength(32_767))),
  /** What is run instead of what the file says. */
  text: v.optional(text('The scenario')),
  vars: v.optional(v.record(nameSchema, valueSchema), {}),
});
export type StartMatrix = v.InferOutput<typeof startMatrixSchema>;

/** `not-run`: planned and not possible here. It never counts as passed. */
type CellState = 'pending' | 'running' | 'passed' | 'failed' | 'not-run' | 'cancelled';

export interface CellPlace {
  readonly server: MatrixEnd;
  readonly client: MatrixEnd;
  readonly layout: Layout;
}

export interface MatrixCell extends CellPlace {
  readonly state: CellState;
  /** Why it didn't pass, or wasn't run, as a sentence; null if there is nothing to say. */
  readonly reason: string | null;
  readonly tookMs: number;
  /** µs of one round trip, client to server and back, on average; null if unknown. */
  readonly roundTripMicros: number | null;
  /** What each end has received; null if nothing. */
  readonly serverTook: Taken | null;
  readonly clientTook: Taken | null;
  /** The ends have received other bytes than in most cells. */
  readonly hasOtherBytes: boolean;
  /** In the list of sessions, if Shmscope was an end: its log. */
  readonly sessions: readonly number[];
}

export interface MatrixSnapshot {
  /** Counts the runs of this host. */
  readonly id: number;
  readonly name: string;
  readonly file: string;
  readonly state: 'running' | 'passed' | 'failed' | 'cancelled';
  /** Wall clock, ms since 1970. */
  readonly startedAt: number;
  readonly tookMs: number;
  /** By layout, then server, then client. */
  readonly cells: readonly MatrixCell[];
}

export const ALL_PLACES: readonly CellPlace[] = LAYOUTS.flatMap((layout) =>
  MATRIX_ENDS.flatMap((server) => MATRIX_ENDS.map((client) => ({ server, client, layout }))),
);

export const endWords = (end: MatrixEnd): string => (end === 'shmscope' ? 'Shmscope' : `${end}-bit`);

export const placeWords = ({ server, client, layout }: CellPlace): string =>
  `${layout}, server ${endWords(server)}, client ${endWords(client)}`;

type Count = Record<CellState, number>;
const NONE: Readonly<Count> = { pending: 0, running: 0, passed: 0, failed: 0, 'not-run': 0, cancelled: 0 };

export function countCells(cells: readonly MatrixCell[]): Count {
  const all = { ...NONE };
  for (const { state } of cells) all[state] += 1;
  return all;
}

/** The cells, with what each has received compared with what most have. */
export function withBytesCompared(cells: readonly MatrixCell[]): MatrixCell[] {
  const keyOf = (cell: MatrixCell) => `${cell.serverTook?.digest} ${cell.clientTook?.digest}`;
  const passed = cells.filter(({ state }) => state === 'passed');
  const counts = new Map<string, number>();
  for (const cell of passed) counts.set(keyOf(cell), (counts.get(keyOf(cell)) ?? 0) + 1);
  const [usual] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
  return cells.map((cell) => ({ ...cell, hasOtherBytes: cell.state === 'passed' && keyOf(cell) !== usual }));
}
