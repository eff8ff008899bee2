import { useEffect, useState } from 'react';
import type { Failure } from '../../../shared/failure.ts';
import { type ReadTypeFiles, typeFileNameProblem } from '../../../shared/type-files.ts';
import { useApi } from '../../host/api-context.ts';

/** ms without a keystroke before a text is read. */
const PAUSE_MS = 250;

export interface Trial {
  readonly read: ReadTypeFiles | null;
  readonly failure: Failure | null;
}

/**
 * What the files would declare if one had this text; null: nothing is requested. The last answer stays while it is read
 * again.
 */
export function useTrial(name: string, text: string | null): Trial {
  const api = useApi();
  const [trial, setTrial] = useState<Trial>({ read: null, failure: null });
  const isAsked = text !== null && typeFileNameProblem(name) === undefined;
  useEffect(() => {
    if (!isAsked) return setTrial({ read: null, failure: null });
    let wanted = true;
    const timer = setTimeout(() => {
      void api.tryTypes({ name, text }).then((answer) => {
        if (!wanted) return;
        if (answer.ok) setTrial({ read: answer.value, failure: null });
        else setTrial((before) => ({ ...before, failure: answer.failure }));
      });
    }, PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [api, name, text, isAsked]);
  return trial;
}
