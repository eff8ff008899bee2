import type { Services } from '../../shared/api.ts';
import type { CompiledTypes } from '../../shared/types/compiled/compiled.ts';
import type { CaptureLibrary } from '../capture/library/library.ts';
import type { SessionRegistry } from '../session/registry.ts';
import type { Replayer } from './replayer.ts';

interface Parts {
  readonly replayer: Replayer;
  readonly sessions: SessionRegistry;
  readonly library: CaptureLibrary;
  /** The types that a session's messages are read with. */
  readonly typesOf: (session: number) => Promise<CompiledTypes>;
  /** worker.ts of the capture, or its built file. */
  readonly captureWorker: string;
}

export const replayServices = ({ replayer, sessions, library, typesOf, captureWorker }: Parts) =>
  ({
    startReplay: async (id, { source, plan }) => {
      const session = sessions.get(id);
      const as = session.checkEnd();
      const { file, session: number } = library.locate(source);
      const types = await typesOf(source);
      const prepared = await replayer.prepare({ file, session: number, as, plan, captureWorker });
      await prepared.start(session, types);
    },
    stopReplay: (id) => sessions.get(id).call({ type: 'stopReplay', failure: null }),
    stepReplay: (id) => sessions.get(id).call({ type: 'stepReplay' }),
  }) satisfies Partial<Services>;
