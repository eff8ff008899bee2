import type { FieldPlot, FieldPlotQuery, PlottedField } from '../../../shared/field-plot.ts';
import type { SweepPoint } from '../../../shared/sweeps.ts';
import type { CompiledTypes } from '../../../shared/types/compiled/compiled.ts';
import type { Searched } from '../search/search.ts';

/** A request, with the types that the session's messages are read with. */
export type TypedPlotQuery = FieldPlotQuery & { readonly types: CompiledTypes };

/** Sweeps by the numbers of their first records, ascending. */
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
  /** There are more than are listed. */
  readonly isCut: boolean;
}

/** What the reader asks of the fields thread. All calls throw ShmscopeError. */
export interface FieldsCalls {
  open(searched: Searched): Promise<void>;
  /** Reads on for a while if not everything was read, then returns what is known. */
  plot(query: TypedPlotQuery): FieldPlot;
  sweeps(cut: SweepCut): ReadSweeps;
  close(): void;
}
