import * as v from 'valibot';
import { preference } from '../../host/storage/preference.ts';

const schema = v.pipe(v.array(v.pipe(v.string(), v.maxLength(32_767))), v.maxLength(500));

/** The scenario files that the user has added, in order. */
export const useScenarioFiles = preference<readonly string[]>('scenarios', schema, []);

export const addScenario = (file: string): void =>
  useScenarioFiles.setState([...useScenarioFiles.getState().filter((one) => one !== file), file], true);

/** Takes it off the list; the file stays. Calling the returned function puts it back in its place. */
export function removeScenario(file: string): () => void {
  const before = useScenarioFiles.getState();
  const at = before.indexOf(file);
  useScenarioFiles.setState(
    before.filter((one) => one !== file),
    true,
  );
  return () => useScenarioFiles.setState(useScenarioFiles.getState().toSpliced(at, 0, file), true);
}
