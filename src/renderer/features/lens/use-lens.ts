import { useEffect, useState } from 'react';
import type { Failure } from '../../../shared/failure.ts';
import type { LensTarget, LensView } from '../../../shared/lens.ts';
import { useApi } from '../../host/api-context.ts';
import { useConnected } from '../../host/host-store.ts';

const EVERY_MS = 250;

export interface Looked {
  /** The last one; null before the first. */
  readonly view: LensView | null;
  /** Why there is none now. */
  readonly failure: Failure | null;
}
const NOTHING: Looked = { view: null, failure: null };

/** Looks through the lens repeatedly for as long as it is shown, after a failure too: a channel may come back. */
export function useLens(target: LensTarget | null): Looked {
  const api = useApi();
  const isConnected = useConnected();
  const key = JSON.stringify(target);
  const [looked, setLooked] = useState<Looked & { readonly key: string }>({ ...NOTHING, key });

  // biome-ignore lint/correctness/useExhaustiveDependencies: another object for the same target is no reason
  useEffect(() => {
    if (!target || !isConnected) return;
    let timer: number | undefined;
    let isOver = false;
    const look = async () => {
      const result = document.hidden ? null : await api.lens(target);
      if (isOver) return;
      if (result)
        setLooked((before) => ({
          key,
          view: result.ok ? result.value : before.key === key ? before.view : null,
          failure: result.ok ? null : result.failure,
        }));
      timer = window.setTimeout(look, EVERY_MS);
    };
    void look();
    return () => {
      isOver = true;
      window.clearTimeout(timer);
    };
  }, [api, key, isConnected]);
  return looked.key === key ? looked : NOTHING;
}
