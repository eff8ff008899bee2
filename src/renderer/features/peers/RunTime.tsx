import { useEffect, useState } from 'react';
import type { PeerSnapshot } from '../../../shared/peers.ts';
import { hostNow } from '../../host/host-clock.ts';
import { runWords } from './peer-words.ts';

const SECOND_MS = 1000;

/** Counts up by itself while it runs. */
export function RunTime(span: Pick<PeerSnapshot, 'startedAt' | 'endedAt'>) {
  const [now, setNow] = useState(() => hostNow().wall);
  const running = span.endedAt === null;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(hostNow().wall), SECOND_MS);
    return () => clearInterval(timer);
  }, [running]);
  return runWords(span, now);
}
