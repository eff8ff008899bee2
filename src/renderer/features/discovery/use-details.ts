import { useEffect, useState } from 'react';
import type { ChannelDetails } from '../../../shared/discovery.ts';
import type { Result } from '../../../shared/failure.ts';
import { useApi } from '../../host/api-context.ts';
import { share } from '../../host/share.ts';

/** Finding who holds what takes longer than finding what exists. ms. */
const INTERVAL_MS = 2000;

/** The details of a section, requested again while they are shown; null until the first answer. */
export function useDetails(id: string): Result<ChannelDetails> | null {
  const api = useApi();
  const [answer, setAnswer] = useState<Result<ChannelDetails> | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    const ask = async () => {
      const result = await api.channelDetails(id);
      if (ended) return;
      setAnswer((before) => share(before, result));
      timer = setTimeout(() => void ask(), INTERVAL_MS);
    };
    void ask();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [api, id]);
  return answer;
}
