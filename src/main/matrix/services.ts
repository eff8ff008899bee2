import type { Services } from '../../shared/api.ts';
import type { MatrixRuns } from './runs.ts';

export const matrixServices = (runs: MatrixRuns) =>
  ({
    startMatrix: (given) => runs.start(given),
    cancelMatrix: () => runs.cancel(),
    matrix: () => runs.snapshot,
    matrixReport: (at) => runs.report(at),
  }) satisfies Partial<Services>;
