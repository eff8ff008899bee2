import { useEffect, useRef, useState } from 'react';
import type { Result } from '../../../shared/failure.ts';
import type { ScenarioReports } from '../../../shared/scenario/runs.ts';
import { useApi } from '../../host/api-context.ts';

/** The reports of a run, one per row of its table, as they arrive; one request at a time. */
export function useReports(id: number, version: number | undefined): Result<ScenarioReports> | null {
  const api = useApi();
  const [answer, setAnswer] = useState<Result<ScenarioReports> | null>(null);
  const asking = useRef<{ again: boolean } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version has other reports
  useEffect(() => {
    const ask = async () => {
      if (asking.current) {
        asking.current.again = true;
        return;
      }
      const mine = { again: true };
      asking.current = mine;
      while (mine.again) {
        mine.again = false;
        setAnswer(await api.scenarioReports(id));
      }
      asking.current = null;
    };
    void ask();
  }, [api, id, version]);
  return answer;
}
