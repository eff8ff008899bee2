import type { Api } from '../../../shared/api.ts';
import { useHost } from '../../host/host-store.ts';
import { notify, orNotify } from '../../host/notices-store.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { closeSubject, showInLab, useLab } from '../../view/lab-store.ts';

/** The file without its folder, on either system. */
export const fileName = (file: string): string => visibleText(file.split(/[\\/]/).at(-1) ?? file);

/** Runs a file and shows its steps. Resolves to the run's id; null if it could not be started, which is reported. */
export async function runScenario(api: Api, file: string): Promise<number | null> {
  const result = await api.runScenario({ file, vars: {} });
  if (!result.ok) {
    notify(`Couldn't run ${fileName(file)}`, result.failure);
    return null;
  }
  showInLab({ of: 'run', id: result.value.id });
  return result.value.id;
}

/** One after another: each may use the same channels. Stops if the user stopped one. */
export async function runScenarios(api: Api, files: readonly string[]): Promise<void> {
  for (const file of files) {
    const id = await runScenario(api, file);
    if (id !== null && (await endOf(id)) === 'cancelled') return;
  }
}

const stateOf = (id: number) => useHost.getState().scenarioRuns.find((run) => run.id === id)?.state;

/** Its state when it is over; undefined if it no longer exists. A run is listed before its start is answered. */
function endOf(id: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    let listed = false;
    const look = () => {
      const state = stateOf(id);
      listed ||= state !== undefined;
      if (state === 'running' || !listed) return;
      undo();
      resolve(state);
    };
    const undo = useHost.subscribe(look);
    look();
  });
}

export const cancelRun = (api: Api, id: number): Promise<boolean> =>
  orNotify("Couldn't stop the scenario", api.cancelScenario(id));

export async function removeRun(api: Api, id: number): Promise<void> {
  const { subject } = useLab.getState();
  if (subject?.of === 'run' && subject.id === id) closeSubject();
  await orNotify("Couldn't remove the run", api.removeScenarioRun(id));
}
