import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { FindNeedle, FindQuery } from '../../../shared/find.ts';
import { useApi } from '../../host/api-context.ts';
import { useEncoding } from '../../kit/encoding/channel-encodings.ts';
import { listing, showRow, useLogView, viewOf } from '../../view/view-store.ts';
import { needleOf, useFind } from './find-store.ts';

export interface FindState {
  /** Matches known so far; null if nothing was searched for. */
  readonly hits: number | null;
  /** Which of them is selected, from 0. */
  readonly index: number | null;
  readonly complete: boolean;
  /** What is wrong, as a sentence. */
  readonly problem: string | null;
}

const NOTHING: FindState = { hits: null, index: null, complete: true, problem: null };
/** ms until the typed text is searched for. */
const SETTLE_MS = 200;
/** ms between two requests while the host still searches. */
const AGAIN_MS = 100;
/** Beyond every position. */
const END = Number.MAX_SAFE_INTEGER;

/** Searches for the find bar's text while it is open, from the selected row on. */
export function useFinding(session: number) {
  const api = useApi();
  const { isOpen, type, text, ignoreCase } = useFind();
  const { resolved, fold, unfolded } = useLogView(session);
  const encoding = useEncoding(session);
  const needle = useMemo(
    () => (isOpen ? needleOf({ type, text, ignoreCase }) : null),
    [isOpen, type, text, ignoreCase],
  );
  const [state, setState] = useState(NOTHING);
  const turn = useRef(0);

  const look = useCallback(
    async (wanted: FindNeedle, direction: FindQuery['direction'], beyond: boolean) => {
      turn.current += 1;
      const mine = turn.current;
      const { position } = viewOf(session);
      const step = direction === 'next' ? 1 : -1;
      let from = position === null ? (step > 0 ? 0 : END) : position + (beyond ? step : 0);
      let isShown = false;
      let isRound = from < 0;
      if (isRound) from = END;
      while (mine === turn.current) {
        const answer = await api.find({
          ...listing(session, { resolved, fold, unfolded }),
          encoding,
          needle: wanted,
          from,
          direction,
        });
        if (mine !== turn.current) return;
        if (!answer.ok) return setState({ ...NOTHING, problem: answer.failure.message });
        const { hit, hits, progress } = answer.value;
        const { complete } = progress;
        setState({ hits, index: hit?.index ?? null, complete, problem: null });
        if (hit && !isShown) {
          isShown = true;
          from = hit.position;
          if (viewOf(session).position !== hit.position) showRow(session, hit.position, hit.seq, null);
        } else if (!hit && complete && !isRound && hits > 0) {
          isRound = true;
          from = direction === 'next' ? 0 : END;
          continue;
        }
        if (complete) return;
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    },
    [api, session, resolved, fold, unfolded, encoding],
  );

  useEffect(() => {
    turn.current += 1;
    if (needle === null || typeof needle === 'string') return setState({ ...NOTHING, problem: needle });
    const timer = setTimeout(() => void look(needle, 'next', false), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [needle, look]);
  useEffect(() => {
    const turns = turn;
    return () => {
      turns.current += 1;
    };
  }, []);

  const sought = typeof needle === 'string' ? null : needle;
  const go = useCallback(
    (direction: FindQuery['direction']) => {
      if (sought) void look(sought, direction, true);
    },
    [sought, look],
  );
  return { isOpen, needle: sought, state, go };
}
