import type { Services } from '../../shared/api.ts';
import type { ScenarioRuns } from './runs.ts';

export const scenarioServices = (runs: ScenarioRuns) =>
  ({
    checkScenario: (file) => runs.check(file),
    runScenario: (file) => runs.start(file),
    cancelScenario: (id) => runs.cancel(id),
    scenarioReports: (id) => runs.reports(id),
    removeScenarioRun: (id) => runs.remove(id),
  }) satisfies Partial<Services>;
