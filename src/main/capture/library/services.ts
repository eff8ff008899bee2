import type { Services } from '../../../shared/api.ts';
import type { Capture } from '../capture.ts';
import type { AnswerTo, QueryOf, Question } from '../read/read-link.ts';
import type { CaptureLibrary } from './library.ts';

export const captureServices = (
  library: CaptureLibrary,
  capture: Capture,
  types: { readonly tell: (session: number) => Promise<void> },
) => {
  /** The reader must know the types that filters use before it is asked. */
  const ask = async <N extends Question>(name: N, query: QueryOf<N>): Promise<AnswerTo<N>> => {
    await types.tell(query.session);
    return library.ask(name, query);
  };
  return {
    rows: (query) => ask('rows', query),
    find: (query) => ask('find', query),
    position: (query) => ask('position', query),
    sweeps: (query) => ask('sweeps', query),
    trigger: (query) => ask('trigger', query),
    cancelSearch: (session) => library.ask('cancelSearch', { session }),
    payload: (query) => library.ask('payload', query),
    timeline: (query) => library.ask('timeline', query),
    figures: (query) => library.ask('figures', query),
    fieldPlot: (query) => ask('fieldPlot', query),
    measure: (query) => library.ask('measure', query),
    setMark: (mark) => library.setMark(mark),
    setNote: (note) => library.setNote(note),
    marks: (query) => library.ask('marks', query),
    captures: () => library.list(),
    openCapture: (file) => library.open(file),
    closeCapture: (file) => library.close(file),
    renameCapture: (file, title) => library.rename(file, title),
    deleteCapture: (file) => library.delete(file),
    compareCaptures: (query) => library.compare(query),
    cancelCompare: () => library.cancelCompare(),
    retryCapture: () => capture.retry(),
  } satisfies Partial<Services>;
};
