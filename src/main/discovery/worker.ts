import { parentPort } from 'node:worker_threads';
import { type Result, toFailure } from '../../shared/failure.ts';
import { openDirectory, openKernel } from '../kernel/open.ts';
import { logInternalFailures } from '../log/watch.ts';
import { Discoverer } from './discoverer.ts';
import { Lenses } from './lenses.ts';
import type { Answer, Question } from './protocol.ts';

/** The thread that lists the system's names, which takes longer the more there are. */
if (!parentPort) throw new Error('worker.ts must be started as a worker thread.');
const port = parentPort;
logInternalFailures();
const discoverer = new Discoverer(await openDirectory());
const lenses = new Lenses(await openKernel());

port.on('message', (question: Question | 'end') => {
  if (question === 'end') {
    lenses.close();
    port.close();
  } else port.postMessage({ id: question.id, result: answer(question) } satisfies Answer);
});

function answer(question: Question): Result<unknown> {
  try {
    return { ok: true, value: answerTo(question) };
  } catch (error) {
    return { ok: false, failure: toFailure(error) };
  }
}

function answerTo(question: Question): unknown {
  switch (question.ask) {
    case 'discover':
      return discoverer.discover(question.query);
    case 'details':
      return discoverer.details(question.section);
    case 'lens':
      return lenses.view(question.name);
  }
}
