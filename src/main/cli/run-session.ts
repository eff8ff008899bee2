import { ShmscopeError } from '../../shared/failure.ts';
import type { OpenOptions } from '../../shared/session.ts';
import { type CompiledTypes, NO_TYPES } from '../../shared/types/compiled/compiled.ts';
import { typesFor } from '../../shared/types/compiled/prune.ts';
import { openKernel } from '../kernel/open.ts';
import { type RecordSink, SessionRegistry } from '../session/registry.ts';
import type { Session } from '../session/session.ts';
import { hearCrosstalk } from './crosstalk.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';

export interface RunOptions {
  readonly open: OpenOptions;
  readonly workerPath: string;
  readonly sink: RecordSink;
  /** Rejects when the sink can't accept any more. */
  readonly failed: Promise<never>;
  /** Types of its messages; omitted: none. */
  readonly types?: CompiledTypes;
  /** Called when the session or its counts have changed. */
  readonly onChange?: () => void;
  /** The discovery worker, if the session should be told about another channel that uses its events. */
  readonly discoveryPath?: string;
}

/**
 * Opens a session and ends it when `work`, which starts once its channel is open, returns; when the user ends it; or
 * when it ends by itself, then with what went wrong.
 */
export async function runSession(
  { open, workerPath, sink, failed, types = NO_TYPES, onChange = () => {}, discoveryPath }: RunOptions,
  work: (session: Session, signal: AbortSignal) => Promise<ExitStatus>,
): Promise<ExitStatus> {
  const kernel = await openKernel();
  const typesOf = (section: string) => typesFor(types, section);
  let crosstalk: ReturnType<typeof hearCrosstalk> | undefined;
  const hear = () => {
    onChange();
    crosstalk?.changed();
  };
  const registry = new SessionRegistry({ kernel, sink, workerPath, onChange: hear, typesOf, spare: 0 });
  if (discoveryPath !== undefined) crosstalk = hearCrosstalk(registry, discoveryPath);
  const interrupted = interruption();
  try {
    const { id } = await registry.open(open);
    const session = registry.get(id);
    const opened = async () => {
      await session.opened;
      return work(session, interrupted.signal);
    };
    return await Promise.race([opened(), interrupted.promise, diedOf(session), failed]);
  } finally {
    interrupted.dispose();
    await crosstalk?.close();
    await registry.close();
  }
}

/** The signals with which a user, a system shutdown or a closed terminal ends a program. */
export const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * What the user can end. `signal` aborts then, and when this is disposed of: nothing started for the run continues
 * after it.
 */
export function interruption() {
  const { promise, resolve } = Promise.withResolvers<ExitStatus>();
  const controller = new AbortController();
  const stop = () => {
    resolve(EXIT.done);
    controller.abort();
  };
  for (const one of ENDING) process.once(one, stop);
  const dispose = () => {
    for (const one of ENDING) process.off(one, stop);
    controller.abort();
  };
  return { promise, signal: controller.signal, dispose };
}

/** Rejects with the reason why a session has ended; never settles if that was requested. */
export async function diedOf(session: Session): Promise<never> {
  await session.ended;
  const { failure } = session;
  if (failure) throw new ShmscopeError(failure.code, failure.message, failure.os);
  return new Promise(() => {});
}
