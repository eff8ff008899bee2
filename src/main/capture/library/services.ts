import type { Services } from '../../../shared/api.ts';
import type { Capture } from '../capture.ts';
import type { CaptureLibrary } from './library.ts';

export const captureServices = (library: CaptureLibrary, capture: Capture) =>
  ({
    rows: (query) => library.ask('rows', query),
    find: (query) => library.ask('find', query),
    position: (query) => library.ask('position', query),
    cancelSearch: (session) => library.ask('cancelSearch', { session }),
    payload: (query) => library.ask('payload', query),
    timeline: (query) => library.ask('timeline', query),
    figures: (query) => library.ask('figures', query),
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
  }) satisfies Partial<Services>;
