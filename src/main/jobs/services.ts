import type { Services } from '../../shared/api.ts';
import type { CompiledTypes } from '../../shared/types/compiled/compiled.ts';
import type { CaptureLibrary } from '../capture/library/library.ts';
import type { JobRegistry } from './registry.ts';

interface Parts {
  readonly library: CaptureLibrary;
  /** The types that a session's messages are read with. */
  readonly types: { readonly of: (session: number) => Promise<CompiledTypes> };
  /** Shows a file in its folder. */
  readonly reveal: (file: string) => void;
}

export const jobServices = (jobs: JobRegistry, { library, types, reveal }: Parts) =>
  ({
    startExport: async (options) => {
      const { file, session } = library.locate(options.session);
      return jobs.startExport(file, { ...options, session }, await types.of(options.session));
    },
    startImport: (options) => jobs.startImport(options),
    importChunk: (id, chunk) => jobs.get(id).addChunk(chunk),
    importEnd: (id) => jobs.get(id).addEnd(),
    cancelJob: (id) => jobs.get(id).cancel(),
    dismissJob: (id) => jobs.dismiss(id),
    reveal: (id) => reveal(jobs.fileOf(id)),
  }) satisfies Partial<Services>;
