import { useCallback, useEffect, useRef, useState } from 'react';
import type { CaptureList } from '../../../shared/captures.ts';
import type { Result } from '../../../shared/failure.ts';
import { useApi } from '../../host/api-context.ts';
import { useHost } from '../../host/host-store.ts';

/** The captures of the folder, fetched again whenever they change. null until the first answer. */
export function useCaptures(): { readonly answer: Result<CaptureList> | null; readonly refresh: () => void } {
  const api = useApi();
  const version = useHost((state) => state.capturesVersion);
  const epoch = useHost((state) => state.epoch);
  const imported = useHost(({ jobs }) => jobs.filter((job) => job.kind === 'import' && job.state === 'done').length);
  const [answer, setAnswer] = useState<Result<CaptureList> | null>(null);
  const asked = useRef(0);

  const refresh = useCallback(() => {
    asked.current += 1;
    const mine = asked.current;
    void api.captures().then((result) => mine === asked.current && setAnswer(result));
  }, [api]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what they count is the reason to ask again
  useEffect(refresh, [refresh, version, epoch, imported]);
  return { answer, refresh };
}
