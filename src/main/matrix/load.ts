import { ShmscopeError } from '../../shared/failure.ts';
import { DEFAULT_FILE, DEFAULT_SCENARIO } from '../../shared/matrix/default-scenario.ts';
import type { StartMatrix } from '../../shared/matrix/matrix.ts';
import { unknownVariable } from '../../shared/scenario/variables.ts';
import { type LoadedScenario, type LoadOptions, loadScenario } from '../scenario/load.ts';

/**
 * The scenario of a matrix. Throws ShmscopeError `scenario-invalid` with what is wrong in it, or if it has a table:
 * each cell is one run.
 */
export async function loadForMatrix(
  { file, text, vars }: StartMatrix,
  compiler: LoadOptions['compiler'],
): Promise<LoadedScenario> {
  const given = new Map(Object.entries(vars));
  const own = file === undefined ? { file: DEFAULT_FILE, text: DEFAULT_SCENARIO } : { file };
  const { scenarios, problems, variables } = await loadScenario({
    ...own,
    ...(text !== undefined && { text }),
    given,
    compiler,
  });
  const [problem] = problems;
  if (problem) {
    const { file: at, line, column, message } = problem;
    const more = problems.length > 1 ? ` And ${problems.length - 1} more.` : '';
    throw new ShmscopeError('scenario-invalid', `${at}:${line}:${column}: ${message}${more}`);
  }
  const unknown = unknownVariable(given.keys(), variables);
  if (unknown) throw new ShmscopeError('scenario-invalid', `${own.file}: ${unknown}`);
  const [scenario, ...others] = scenarios;
  if (scenario && others.length === 0) return scenario;
  throw new ShmscopeError(
    'scenario-invalid',
    `${own.file} has a table with several rows: a cell of the matrix is one run.`,
  );
}
