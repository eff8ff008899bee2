import type { Lane } from '../../shared/domain.ts';
import { exitWords, isCrash } from '../../shared/exit-code.ts';
import { ShmscopeError } from '../../shared/failure.ts';
import type { Performed } from '../../shared/scenario/program.ts';
import type { StepProgress } from '../../shared/scenario/report.ts';
import type { StartedPeer } from '../peers/peer.ts';
import { StepDriver } from '../session/steps/step-driver.ts';
import type { StepPort } from '../session/steps/step-run.ts';
import type { Player } from './player.ts';
import { type Result, ScriptedPeer } from './scripted-peer.ts';

/** How long the program waits for a message at a time, in ms: it can't be interrupted meanwhile. */
const SLICE_MS = 50;

/**
 * Lets a bundled peer perform a session's steps: it is told each of them, and its reports are as Shmscope's own would
 * be.
 */
export function puppet(peer: StartedPeer, incoming: Lane, platform: 'kernel32' | 'posix'): Player {
  const driver = new StepDriver(incoming);
  const program = new ScriptedPeer(peer);
  let timer: NodeJS.Timeout | undefined;
  let told: (progress: readonly StepProgress[]) => void = () => {};
  let seq = 0;
  let listening: { readonly until: number } | null = null;

  function pump(): void {
    clearTimeout(timer);
    driver.step();
    const progress = driver.takeProgress();
    if (progress.length > 0) told(progress);
    const ms = driver.dueIn();
    if (Number.isFinite(ms)) timer = setTimeout(pump, ms);
  }

  function record(result: Exclude<Result, { kind: 'sent' }>): void {
    const bytes = result.kind === 'message' ? result.bytes : undefined;
    const { kind } = result;
    const at = { wall: Date.now() * 1000, mono: Math.round(performance.now() * 1000) };
    const detail = 'detail' in result ? result.detail : null;
    driver.record(
      { ...{ seq: seq++, kind, lane: incoming, ...at }, ...{ size: bytes?.length ?? 0, code: null, detail, count: 1 } },
      bytes,
    );
    pump();
  }

  /** Waits for one message, or for all that come, in slices. */
  function listen(until: number, isForOne: boolean): void {
    const own = { until };
    listening = own;
    const next = () => {
      const left = Math.max(0, until - performance.now());
      void program.tell(`receive ${Math.ceil(Math.min(SLICE_MS, left))}`).then((result) => {
        // A message that arrived after the cancellation has still arrived.
        if (result.kind !== 'timeout' && result.kind !== 'sent') record(result);
        const isOver = result.kind !== 'timeout' && (isForOne || result.kind !== 'message');
        if (listening !== own || isOver) return;
        if (performance.now() < until) next();
        else record({ kind: 'timeout' });
      }, ended);
    };
    next();
  }

  function settled(wish: Promise<Result>, done: (seq: number) => void, fail: (error: unknown) => void): void {
    const settle = (act: () => void) => {
      act();
      driver.wake();
      pump();
    };
    wish.then(
      (result) => settle(() => (result.kind === 'sent' ? done(seq++) : fail(notSent(result)))),
      (error) => settle(() => fail(error)),
    );
  }

  function ended(): void {
    driver.stop();
    clearTimeout(timer);
  }

  const port: StepPort = {
    send: (bytes, done, fail) => {
      settled(program.tell(`send ${Buffer.from(bytes).toString('hex')}`), done, fail);
      return () => {};
    },
    sendClose: (done, fail) => settled(program.tell('exit'), () => done(), fail),
    receive: (timeoutMs) => listen(performance.now() + timeoutMs, true),
    listen: () => listen(Number.POSITIVE_INFINITY, false),
    cancelReceive: () => {
      listening = null;
    },
  };
  driver.port = port;

  return {
    opened: Promise.resolve(),
    perform: (steps, onProgress) => {
      told = onProgress;
      const { promise, resolve, reject } = Promise.withResolvers<Performed>();
      driver.perform(steps, resolve, reject);
      pump();
      const died = peer.ended.then(() => Promise.reject(hasEnded(peer, platform)));
      return Promise.race([promise, died]);
    },
    stopPerforming: () => driver.stop(),
    close: async () => {
      ended();
      program.close();
      const { exit, wanted } = peer.snapshot;
      await peer.stop();
      const failure = exit !== null && !wanted && isCrash(exit) ? hasEnded(peer, platform).failure : null;
      return { anomalies: [], failure };
    },
  };
}

const WHY: Readonly<Record<Result['kind'], string>> = {
  timeout: 'the previous message was not read in time',
  exit: 'the peer has sent exit',
  error: "the peer's flag is unknown",
  message: 'it did not do what it was told',
  sent: '',
};
const notSent = ({ kind }: Result) =>
  new ShmscopeError(kind === 'timeout' ? 'slot-full' : 'peer-failed', `The message was not sent: ${WHY[kind]}.`);

function hasEnded({ snapshot: { name, exit } }: StartedPeer, platform: 'kernel32' | 'posix'): ShmscopeError {
  const how = exit ? `: ${exitWords(exit, platform)}` : '';
  return new ShmscopeError('peer-failed', `The program ${name} that plays this end has ended${how}.`);
}
