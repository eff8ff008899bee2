import type { FieldPlot, FieldPlotQuery } from '../../../shared/field-plot.ts';
import type { FindAnswer, FindQuery, PositionAnswer, PositionQuery } from '../../../shared/find.ts';
import type { PayloadQuery, RowPage, RowQuery } from '../../../shared/log.ts';
import type { Mark, MarksQuery } from '../../../shared/marks.ts';
import type { Sweeps, SweepsQuery } from '../../../shared/sweeps.ts';
import type {
  Figures,
  FiguresQuery,
  Measured,
  MeasureQuery,
  Timeline,
  TimelineQuery,
} from '../../../shared/timeline.ts';
import type { TriggerAnswer, TriggerQuery } from '../../../shared/trigger/query.ts';
import type { CompiledTypes, SessionTypes } from '../../../shared/types/compiled/compiled.ts';
import type { SessionDescription } from '../store/describe.ts';
import type { Readable } from '../store/salvage.ts';

/** What was found when a capture that isn't being recorded was opened. */
export interface ClosedCapture {
  readonly sessions: readonly SessionDescription[];
  readonly cutOff: boolean;
  readonly damage: readonly Readable[];
}

/** What the main thread asks of the reader. All calls throw ShmscopeError. */
export interface ReaderCalls {
  open(file: string): void;
  /**
   * Opens a capture that isn't being recorded and may be anything. Damage deep inside a large one is reported later, as
   * news.
   */
  openClosed(file: string): Promise<ClosedCapture>;
  rows(query: RowQuery): Promise<RowPage>;
  find(query: FindQuery): Promise<FindAnswer>;
  position(query: PositionQuery): Promise<PositionAnswer>;
  sweeps(query: SweepsQuery): Promise<Sweeps>;
  trigger(query: TriggerQuery): Promise<TriggerAnswer>;
  cancelSearch(query: { readonly session: number }): void;
  payload(query: PayloadQuery): Uint8Array<ArrayBuffer>;
  timeline(query: TimelineQuery): Promise<Timeline>;
  figures(query: FiguresQuery): Promise<Figures>;
  measure(query: MeasureQuery): Promise<Measured>;
  fieldPlot(query: FieldPlotQuery): Promise<FieldPlot>;
  marks(query: MarksQuery): Mark[];
  /** What the file stores about the types of a session's messages. */
  types(query: { readonly session: number }): CompiledTypes;
  /** Sets the types that a session's messages are read with in filters. */
  bindTypes(types: SessionTypes): void;
  close(): Promise<void>;
}

/** An opened capture turns out to be partly unreadable. From then on only the readable part is seen. */
export interface ReaderNews {
  readonly damage: readonly Readable[];
}
