import type { FieldPlot, FieldPlotQuery, PlottedField } from '../../../shared/field-plot.ts';
import type { SweepPoint } from '../../../shared/sweeps.ts';
import type { CompiledTypes } from '../../../shared/types/compiled/compiled.ts';
import type { Searched } from '../search/search.ts';

/** A question, with the types by which the session's messages are read. */
export type TypedPlotQuery = FieldPlotQuery & { readonly types: CompiledTypes };

/** Sweeps by the numbers of the records that begin them, ascending. */
export interface SweepCut {
  readonly session: number;
  readonly starts: readonly number[];
  /** µs. */
  readonly length: number;
  readonly field: PlottedField | null;
  readonly types: CompiledTypes;
}

/** The messages of sweeps. */
export interface ReadSweeps {
  readonly points: readonly SweepPoint[];
  /** There are more than are told. */
  readonly isCut: boolean;
}

/** What the reader asks of the thread of fields. All of them throw ShmscopeError. */
export interface FieldsCalls {
  open(searched: Searched): Promise<void>;
  /** Reads on for a while where not all was read, then answers with what is known. */
  plot(query: TypedPlotQuery): FieldPlot;
  sweeps(cut: SweepCut): ReadSweeps;
  close(): void;
}
