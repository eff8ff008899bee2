import { parentPort } from 'node:worker_threads';
import { toFailure } from '../../shared/failure.ts';
import { BINDINGS_FILE, type ReadTypeFiles } from '../../shared/type-files.ts';
import { type BindingsReading, readBindings } from '../../shared/types/bindings/bindings.ts';
import { logInternalFailures } from '../log/watch.ts';
import { compileTypes } from './compile.ts';
import { folderSources } from './folder-sources.ts';
import { MACHINE_ABI } from './machine-abi.ts';
import type { TypesAnswer, TypesQuestion } from './protocol.ts';

/** The thread that reads declarations: they can be long, and hostile. */
if (!parentPort) throw new Error('worker.ts must be started as a worker thread.');
const port = parentPort;
const NO_BINDINGS: BindingsReading = { bindings: undefined, problems: [] };
logInternalFailures();

port.on('message', async (question: TypesQuestion | 'end') => {
  if (question === 'end') port.close();
  else port.postMessage(await answer(question));
});

async function answer(question: TypesQuestion): Promise<TypesAnswer> {
  try {
    return { id: question.id, result: { ok: true, value: await read(question) } };
  } catch (error) {
    return { id: question.id, result: { ok: false, failure: toFailure(error) } };
  }
}

async function read({ folder, files, bindings: text }: TypesQuestion): Promise<ReadTypeFiles> {
  const { bindings, problems } = text === null ? NO_BINDINGS : readBindings(text, BINDINGS_FILE);
  const found = folderSources({ folder, files, types: bindings?.types ?? [], include: bindings?.include ?? [] });
  const { problems: rest, compiled } = await compileTypes(found.sources, {
    ...{ bindings, bindingsFile: BINDINGS_FILE, abi: MACHINE_ABI },
  });
  return { problems: [...problems, ...found.problems, ...rest], compiled };
}
