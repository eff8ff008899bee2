import { parentPort } from 'node:worker_threads';
import { type Result, toFailure } from '../../shared/failure.ts';
import { openDirectory } from '../kernel/open.ts';
import { logInternalFailures } from '../log/watch.ts';
import { Discoverer } from './discoverer.ts';
import type { Answer, Question } from './protocol.ts';

/** The thread that looks at the system's names, since that takes as long as there are many. */
if (!parentPort) throw new Error('worker.ts is to be started as a worker thread.');
const port = parentPort;
logInternalFailures();
const discoverer = new Discoverer(await openDirectory());

port.on('message', (question: Question | 'end') => {
  if (question === 'end') port.close();
  else port.postMessage({ id: question.id, result: answer(question) } satisfies Answer);
});

function answer(question: Question): Result<unknown> {
  try {
    const value =
      question.ask === 'discover' ? discoverer.discover(question.query) : discoverer.details(question.section);
    return { ok: true, value };
  } catch (error) {
    return { ok: false, failure: toFailure(error) };
  }
}
