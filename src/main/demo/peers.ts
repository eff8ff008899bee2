import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { DEFAULT_BUFFER_SIZE } from '../../shared/domain.ts';
import type { OpenEndpoint } from '../../shared/session.ts';
import { openKernel } from '../kernel/open.ts';
import { logError } from '../log/program-log.ts';
import { runs32Bit } from '../peers/runs-32-bit.ts';
import { greeting, type Part, type PeerThreadData } from './part.ts';

export interface DemoPeer {
  readonly stop: () => Promise<void>;
}

/** From where the build puts threads (`out/main/chunks`) to the project's folder. */
const TO_ROOT = '../../..';
/** Between two messages of a talking peer, and until a client gives up on its server; in ms. */
const INTERVAL_MS = 300;
const WAIT_MS = 10_000;
/** How long a program has to end by itself, in ms. */
const GRACE_MS = 1000;

/** Starts a process if shm-peer was built and can run, else a thread of this process. */
export async function startPeer(part: Part, peerThread: string): Promise<DemoPeer> {
  const canRun = part.arch === 'x64' || (await runs32Bit());
  const program = canRun ? programOf(part.arch, path.resolve(path.dirname(peerThread), TO_ROOT)) : undefined;
  return program === undefined ? startThread(part, peerThread) : startProgram(part, program);
}

/** The native peer in the project's folder; undefined if it wasn't built. */
function programOf(arch: Part['arch'], root: string): string | undefined {
  const isWindows = process.platform === 'win32';
  const compilers = isWindows ? ['msvc', 'mingw'] : ['gcc'];
  const name = isWindows ? 'shm-peer.exe' : 'shm-peer';
  return compilers
    .map((compiler) => path.join(root, 'native', 'build', `${compiler}-${arch}`, name))
    .find((file) => existsSync(file));
}

/** It ends with its standard input, so it never outlives us. */
async function startProgram({ names, role, layout, does }: Part, program: string): Promise<DemoPeer> {
  const channel = ['--name', names.section, '--event-s2c', names.eventS2c, '--event-c2s', names.eventC2s];
  const joining = role === 'server' ? ['--take-over'] : ['--wait', String(WAIT_MS)];
  const doing = does === 'talk' ? ['talk', '--interval', String(INTERVAL_MS)] : ['greet', greeting(role)];
  const args = [role, ...channel, '--layout', layout, ...joining, '--until-stdin-closes', ...doing];
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      logError("The demo's peer could not be started", error);
      resolve();
    });
  });
  // A client finds its server as soon as that has said that it is ready.
  await Promise.race([once(child.stdout, 'data').catch(() => {}), ended]);
  child.stdout.resume();
  return {
    stop: async () => {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

async function startThread({ names, role, layout, does }: Part, peerThread: string): Promise<DemoPeer> {
  const stop = (await openKernel()).createEvent(null).event;
  const options: OpenEndpoint = {
    ...{ kind: 'endpoint', role, ...names, layout, bufferSize: DEFAULT_BUFFER_SIZE, takeOver: role === 'server' },
    ...{ overrun: 'wait', receive: null },
  };
  const workerData: PeerThreadData = { options, does, stop: stop.token };
  const peer = new Worker(peerThread, { workerData });
  peer.on('error', (error) => {
    logError("The demo's peer died", error);
    process.stderr.write(`The demo's peer stopped: ${error.message}\n`);
  });
  const ended = new Promise<void>((resolve) => peer.once('exit', () => resolve()));
  await Promise.race([once(peer, 'message'), ended]);
  return {
    stop: async () => {
      stop.set();
      await ended;
      stop.close();
    },
  };
}
