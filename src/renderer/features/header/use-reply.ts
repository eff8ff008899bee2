import { useEffect, useState } from 'react';
import type { Role } from '../../../shared/domain.ts';
import { directionOf, type LaneView, lanesOf } from '../../../shared/session-kind.ts';
import type { Distribution } from '../../../shared/timeline.ts';
import { useApi } from '../../host/api-context.ts';
import { useSession } from '../../host/host-store.ts';

/** ms between two requests while the session goes on. */
const EVERY = 2000;

export interface Reply {
  /** Whose replies: the peer's to us, or ours if the peer has given none; on a tap, one end's to the other. */
  readonly whose: 'peer' | 'own' | Role;
  readonly times: Distribution;
}

const WHOSE: Readonly<Record<LaneView, Reply['whose']>> = { in: 'peer', out: 'own', s2c: 'server', c2s: 'client' };

/** How long replies took over the whole session; null before the first one. */
export function useReply(id: number): Reply | null {
  const api = useApi();
  const [reply, setReply] = useState<Reply | null>(null);
  const life = useSession(id, (s) => ({
    role: s.role,
    closed: s.closedAt !== null,
    committed: s.closedAt === null ? 0 : s.committed,
  }));
  const closed = life?.closed ?? true;
  const committed = life?.committed ?? 0;
  const role = life?.role ?? 'server';

  // biome-ignore lint/correctness/useExhaustiveDependencies: a closed session is asked again when more is committed
  useEffect(() => {
    let ended = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const answer = await api.figures({ session: id, fromMono: 0, toMono: Number.MAX_SAFE_INTEGER });
      if (ended) return;
      if (answer.ok) {
        const { reply } = answer.value;
        const lane = lanesOf(role).find((each) => reply[each].count > 0);
        setReply(lane ? { whose: WHOSE[directionOf(role, lane)], times: reply[lane] } : null);
      }
      if (!closed) timer = setTimeout(ask, EVERY);
    };
    void ask();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [api, id, role, closed, committed]);
  return reply;
}
