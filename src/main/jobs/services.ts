import type { Services } from '../../shared/api.ts';
import type { CaptureLibrary } from '../capture/library/library.ts';
import type { JobRegistry } from './registry.ts';

/** @param reveal shows a file in its folder */
export const jobServices = (jobs: JobRegistry, library: CaptureLibrary, reveal: (file: string) => void) =>
  ({
    startExport: (options) => {
      const { file, session } = library.locate(options.session);
      return jobs.startExport(file, { ...options, session });
    },
    startImport: (options) => jobs.startImport(options),
    importChunk: (id, chunk) => jobs.get(id).addChunk(chunk),
    importEnd: (id) => jobs.get(id).addEnd(),
    cancelJob: (id) => jobs.get(id).cancel(),
    dismissJob: (id) => jobs.dismiss(id),
    reveal: (id) => reveal(jobs.fileOf(id)),
  }) satisfies Partial<Services>;
