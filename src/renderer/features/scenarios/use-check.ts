import { useEffect, useReducer, useState } from 'react';
import type { Result } from '../../../shared/failure.ts';
import type { ScenarioCheck } from '../../../shared/scenario/runs.ts';
import { useApi } from '../../host/api-context.ts';
import { useConnected } from '../../host/host-store.ts';

/** ms without a keystroke before a typed path is checked. */
const REST_MS = 200;

/**
 * What a scenario's file contains and what is wrong in it, requested again whenever the user returns to the window;
 * null while unknown. `again`: another value asks again.
 */
export function useCheck(file: string, again: unknown): Result<ScenarioCheck> | null {
  const api = useApi();
  const connected = useConnected();
  const [answer, setAnswer] = useState<{ readonly file: string; readonly result: Result<ScenarioCheck> } | null>(null);
  const [back, comeBack] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    window.addEventListener('focus', comeBack);
    return () => window.removeEventListener('focus', comeBack);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the file may be another by then
  useEffect(() => {
    if (file === '' || !connected) return;
    let wanted = true;
    const ask = async () => {
      const result = await api.checkScenario({ file, vars: {} });
      if (wanted) setAnswer({ file, result });
    };
    const timer = setTimeout(() => void ask(), REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [api, file, connected, back, again]);
  return answer?.file === file ? answer.result : null;
}
