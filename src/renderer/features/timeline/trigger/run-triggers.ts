import type { Api } from '../../../../shared/api.ts';
import type { TriggerHit } from '../../../../shared/trigger/query.ts';
import { useHost } from '../../../host/host-store.ts';
import { encodingOf } from '../../../kit/encoding/channel-encodings.ts';
import { changeView } from '../../../view/view-store.ts';
import { jumpTo } from '../../log/jump.ts';
import { between, widthOf } from '../range.ts';
import { showSpan } from '../timeline-store.ts';
import { changeTrigger, type Trigger, triggerOf, useTriggers } from './trigger-store.ts';

/** ms between two looks while records arrive, and between two triggers that are shown. */
const EVERY = 200;
const HOLD_OFF = 1000;
/** Share of the shown span that is left free on each side. */
const MARGIN = 0.05;

const isRunning = ({ state }: Trigger) => state === 'armed' || state === 'waiting';

/** Looks for what armed triggers wait for, and stops the view there. Returns a function that stops it. */
export function runTriggers(api: Api): () => void {
  const running = new Set<number>();
  let hasEnded = false;
  const run = async (session: number) => {
    running.add(session);
    while (!hasEnded && isRunning(triggerOf(session))) {
      const wait = await look(api, session);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
    running.delete(session);
  };
  const undo = useTriggers.subscribe(({ triggers }) => {
    for (const [id, trigger] of Object.entries(triggers))
      if (isRunning(trigger) && !running.has(Number(id))) void run(Number(id));
  });
  return () => {
    hasEnded = true;
    undo();
  };
}

/** Returns the ms after which to look again. */
async function look(api: Api, session: number): Promise<number> {
  const { asked, state, around, next, count } = triggerOf(session);
  const isOpen = isGoingOn(session);
  if (!asked || isOpen === undefined) {
    changeTrigger(session, { state: 'off' });
    return 0;
  }
  const answer = await api.trigger({ session, ...asked, encoding: encodingOf(session), from: next, around });
  // Somebody has armed it again meanwhile, or disarmed it.
  if (triggerOf(session).asked !== asked || !isRunning(triggerOf(session))) return 0;
  if (!answer.ok) {
    changeTrigger(session, { state: 'off', failure: answer.failure });
    return 0;
  }
  const { hit, next: reached, progress } = answer.value;
  if (!hit) {
    changeTrigger(session, { next: reached });
    return progress.complete ? EVERY : 0;
  }
  changeTrigger(session, { hit, count: state === 'armed' ? count + 1 : count });
  if (hit.to !== null || !isOpen) return show(api, session, hit, around);
  // Requested again, the same record triggers, eventually with the records after it.
  changeTrigger(session, { state: 'waiting' });
  return EVERY;
}

/** Undefined for a session that no longer exists. */
function isGoingOn(session: number): boolean | undefined {
  const found = useHost.getState().sessions.find(({ id }) => id === session);
  return found && found.lasted === null;
}

/** Stops the view at the trigger; a repeating one is armed again after a while. */
async function show(api: Api, session: number, hit: TriggerHit, around: number): Promise<number> {
  const span = between(hit.from, hit.to ?? hit.mono);
  const free = Math.max(1, Math.round(widthOf(span) * MARGIN));
  showSpan(session, { from: Math.max(0, span.from - free), to: span.to + free });
  await jumpTo(api, session, hit.seq);
  const isOpen = isGoingOn(session) ?? false;
  if (isOpen) changeView(session, { mode: 'pause', held: hit.seq + around + 1 });
  if (!triggerOf(session).repeats || !isOpen) {
    changeTrigger(session, { state: 'triggered', next: hit.seq + 1 });
    return 0;
  }
  changeTrigger(session, { state: 'armed' });
  await new Promise((resolve) => setTimeout(resolve, HOLD_OFF));
  const committed = useHost.getState().sessions.find(({ id }) => id === session)?.committed ?? 0;
  if (isRunning(triggerOf(session))) changeTrigger(session, { state: 'armed', next: Math.max(hit.seq + 1, committed) });
  return 0;
}
