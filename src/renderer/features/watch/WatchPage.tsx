import { Button } from '@fluentui/react-components';
import { type KeyboardEvent, useCallback, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { isLive } from '../../../shared/session.ts';
import { useApi } from '../../host/api-context.ts';
import { useHost } from '../../host/host-store.ts';
import { isCommandHeld } from '../../kit/commands/keys.ts';
import { selectSession } from '../../view/selection-store.ts';
import { jumpToPlace } from '../log/jump.ts';
import { newSession } from '../new-session/store.ts';
import { Axis } from './Axis.tsx';
import { Crossed } from './Crossed.tsx';
import { useStrips } from './use-strips.ts';
import { WatchHead } from './WatchHead.tsx';
import { WatchRow } from './WatchRow.tsx';
import { moveCross, showCross, useWatch, watched } from './watch-store.ts';
import './watch.css';

/** Several sessions on one clock. */
export function WatchPage() {
  const api = useApi();
  const { picked, span, heldAt } = useWatch(useShallow(({ picked, span, heldAt }) => ({ picked, span, heldAt })));
  const ids = useHost(useShallow((state) => watched(state.sessions.filter(isLive), picked).map(({ id }) => id)));
  const [width, setWidth] = useState(0);
  const strips = useStrips(ids, span, heldAt, width);
  const open = useCallback(
    (id: number, mono: number | null) => {
      selectSession(id);
      if (mono !== null) void jumpToPlace(api, id, { by: 'mono', mono: Math.max(0, Math.round(mono)) });
    },
    [api],
  );
  return (
    <section className="page watch" data-pane="page" aria-labelledby="watch-title">
      <WatchHead count={ids.length} strips={strips} />
      {ids.length === 0 ? (
        <Nothing />
      ) : (
        <div className="page-scroll watch-scroll">
          <Crossed>
            <Axis {...{ strips, width, setWidth }} />
            <ul className="watch-rows" aria-label="Watched sessions" onKeyDown={onKeyDown}>
              {ids.map((id) => (
                <WatchRow key={id} {...{ id, strips, open }} />
              ))}
            </ul>
          </Crossed>
        </div>
      )}
    </section>
  );
}

/** Up and Down move to the neighbour, Left and Right move the crosshair, Escape removes it. */
function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
  if (isCommandHeld(event)) return;
  const step = STEPS[event.key];
  if (event.key === 'Escape') showCross(null);
  else if (step?.across) moveCross(step.across);
  else if (step?.down) focusNeighbour(event, step.down);
  else return;
  event.preventDefault();
}

const STEPS: Readonly<Record<string, { readonly across?: 1 | -1; readonly down?: 1 | -1 }>> = {
  ArrowUp: { down: -1 },
  ArrowDown: { down: 1 },
  ArrowLeft: { across: -1 },
  ArrowRight: { across: 1 },
};

function focusNeighbour({ currentTarget, target }: KeyboardEvent<HTMLElement>, step: 1 | -1): void {
  const buttons = [...currentTarget.querySelectorAll<HTMLButtonElement>('.watch-name')];
  const here = buttons.findIndex((button) => button.parentElement?.contains(target as Node));
  buttons[here + step]?.focus();
}

function Nothing() {
  return (
    <div className="page-empty watch-nothing">
      <p>Nothing to watch yet. Every session that you open has a line here, all of them on one clock.</p>
      <Button size="small" onClick={() => newSession('tap')}>
        New tap
      </Button>
    </div>
  );
}
