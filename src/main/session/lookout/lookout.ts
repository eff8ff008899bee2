import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { Kernel, KernelEvent } from '../../kernel/kernel.ts';
import { logError } from '../../log/program-log.ts';
import type { Resting } from './protocol.ts';

interface Running {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly wake: KernelEvent;
}

/**
 * The thread that watches for all taps of this process on whose channels nothing happens: one that wakes often costs
 * less than many that wake rarely, and sees sooner that a channel is in use again. Started when the first tap rests.
 */
export class Lookout {
  readonly #kernel: Kernel;
  readonly #workerPath: string | URL;
  #running: Running | null = null;

  constructor(kernel: Kernel, workerPath: string | URL) {
    this.#kernel = kernel;
    this.#workerPath = workerPath;
  }

  /** If it can't, the tap relies on its own rare looks. */
  watch(resting: Resting): void {
    try {
      this.#running ??= this.#start();
      const { port, wake } = this.#running;
      port.postMessage(resting);
      wake.set();
    } catch (error) {
      logError("A quiet tap couldn't be looked out for, so it only looks by itself now and then", error);
    }
  }

  async close(): Promise<void> {
    if (!this.#running) return;
    const { worker, port, wake } = this.#running;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    // A process with nothing else left would end before the thread has.
    worker.ref();
    port.postMessage('end');
    wake.set();
    await ended;
  }

  #start(): Running {
    const { event: wake } = this.#kernel.createEvent(null);
    try {
      return this.#startWith(wake);
    } catch (error) {
      wake.close();
      throw error;
    }
  }

  #startWith(wake: KernelEvent): Running {
    const { port1: port, port2 } = new MessageChannel();
    const worker = new Worker(this.#workerPath);
    const running = { worker, port, wake };
    worker.postMessage({ lookout: port2, wake: wake.token }, [port2]);
    // Taps still look by themselves now and then.
    worker.once('error', (error) => logError('The thread that looks out for resting taps died', error));
    worker.once('exit', () => {
      if (this.#running === running) this.#running = null;
      port.close();
      wake.close();
    });
    worker.unref();
    port.unref();
    return running;
  }
}
