/** A thread that has the section `S` open, says so, and posts the code that using it throws once told to. */
import { parentPort } from 'node:worker_threads';
import { KernelError } from './kernel.ts';
import { posix } from './posix.ts';

const section = posix.openSection('S', 'write');
parentPort?.once('message', () => {
  try {
    section.read(0, new Uint8Array(24));
    parentPort?.postMessage('It was there.');
  } catch (error) {
    parentPort?.postMessage(error instanceof KernelError && [error.code]);
  }
  section.close();
});
parentPort?.postMessage('open');
