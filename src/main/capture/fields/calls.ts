import type { FieldPlot, FieldPlotQuery } from '../../../shared/field-plot.ts';
import type { CompiledTypes } from '../../../shared/types/compiled/compiled.ts';
import type { Searched } from '../search/search.ts';

/** A question, with the types by which the session's messages are read. */
export type TypedPlotQuery = FieldPlotQuery & { readonly types: CompiledTypes };

/** What the reader asks of the thread of fields. All of them throw ShmscopeError. */
export interface FieldsCalls {
  open(searched: Searched): Promise<void>;
  /** Reads on for a while where not all was read, then answers with what is known. */
  plot(query: TypedPlotQuery): FieldPlot;
  close(): void;
}
